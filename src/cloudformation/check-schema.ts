import { didYouMean } from '../text/nearest.ts';
import { functionNames } from './intrinsics/evaluate.ts';
import { isUnresolved } from './intrinsics/scope.ts';
import { isObject, type Json, type JsonObject, show } from './json.ts';
import type { Schema, SchemaFault, SchemaResult, SchemaType } from './schema.ts';
import { assertions, coerce } from './schema-values.ts';

/** Validates a value against a schema. An unresolved value passes. */
export const checkSchema = (value: Json, schema: Schema, path: SchemaFault['path'] = []): SchemaResult => {
  if (isUnresolved(value)) return { value, faults: [] };
  const typed = coerce(value, schema);
  if (typed === undefined) {
    const types = [schema.type ?? []].flat();
    return {
      value,
      faults: [
        invalid(path, `must be ${types.map((type) => typeNames[type]).join(' or ')}, not ${show(value)}${misspelt(value)}`),
      ],
    };
  }
  const messages = assertionEntries.flatMap(([keyword, assertion]) => {
    const limit = schema[keyword as keyof Schema];
    return limit === undefined ? [] : (assertion(typed, limit as never) ?? []);
  });
  const faults = messages.map((message) => invalid(path, `${message}, not ${show(typed)}${misspeltWord(typed, schema)}`));
  if (faults.length === 0 && schema.supported?.includes(typed) === false) {
    const message = `is ${show(typed)}, which the local twin does not support; it supports ${schema.supported.map((member) => (member === '' ? show(member) : member)).join(', ')}`;
    faults.push({ path, kind: 'unsupported', message });
  }
  if (faults.length === 0 && typeof typed === 'string') {
    const fault = schema.fault?.(typed);
    if (fault) faults.push({ path, ...fault });
  }
  const inner = isObject(typed) ? checkObject(typed, schema, path) : checkItems(typed, schema, path);
  return combine({ value: inner.value, faults: [...faults, ...inner.faults] }, schema, path);
};

/** Suggests an intrinsic function if a map has one key that resembles its name: `{ Reff: Table }`. */
const misspelt = (value: Json): string => {
  const [name, ...others] = isObject(value) ? Object.keys(value) : [];
  return name === undefined || others.length > 0 ? '' : didYouMean(name, functionNames());
};

const misspeltWord = (value: Json, { enum: words = [] }: Schema): string =>
  typeof value === 'string' ? didYouMean(value, words.map(String)) : '';

const typeNames: Readonly<Record<SchemaType, string>> = {
  string: 'a string',
  number: 'a number',
  integer: 'an integer',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map',
};

const assertionEntries = Object.entries(assertions);

/** Every supported keyword. A test verifies that schemas use no others. */
export const keywords: ReadonlySet<string> = new Set([
  ...Object.keys(assertions),
  ...['supported', 'fault', 'type', 'items', 'properties', 'additionalProperties', 'propertyNames', 'required'],
  ...['allOf', 'anyOf', 'oneOf'],
]);

const checkItems = (value: Json, { items }: Schema, path: SchemaFault['path']): SchemaResult => {
  if (!Array.isArray(value) || !items) return { value, faults: [] };
  const results = value.map((item: Json, index) => checkSchema(item, items, [...path, index]));
  return { value: results.map((result) => result.value), faults: results.flatMap(({ faults }) => faults) };
};

const checkObject = (object: JsonObject, schema: Schema, path: SchemaFault['path']): SchemaResult => {
  const { properties = {}, additionalProperties = true, propertyNames, required = [] } = schema;
  const faults: SchemaFault[] = required
    .filter((name) => !Object.hasOwn(object, name))
    .map((name) => invalid([...path, name], 'is missing; add it'));
  const entries = Object.entries(object).map(([name, value]): [string, Json] => {
    const at = [...path, name];
    const known = Object.hasOwn(properties, name) ? properties[name] : additionalProperties;
    if (propertyNames && checkSchema(name, propertyNames).faults.length > 0)
      faults.push(invalid(at, 'is not a valid name here; rename it'));
    if (known === undefined || known === true) return [name, value];
    if (known === false) {
      faults.push(unknownProperty(at, name, properties));
      return [name, value];
    }
    const result = checkSchema(value, known, at);
    faults.push(...result.faults);
    return [name, result.value];
  });
  return { value: Object.fromEntries(entries), faults };
};

const unknownProperty = (
  path: SchemaFault['path'],
  name: string,
  properties: NonNullable<Schema['properties']>,
): SchemaFault => {
  if (Object.hasOwn(properties, name)) return invalid(path, 'is not allowed here; remove it');
  const known = Object.keys(properties).filter((key) => properties[key] !== false);
  const supported = known.length > 0 ? `supported are ${known.join(', ')}` : 'no property is supported here';
  const message = `is not supported by the local twin${didYouMean(name, known) || `; ${supported}; remove it`}`;
  return { path, kind: 'unsupported', message };
};

/** Applies `allOf`, `anyOf` and `oneOf`. */
const combine = (result: SchemaResult, { allOf = [], anyOf, oneOf }: Schema, path: SchemaFault['path']): SchemaResult => {
  let { value, faults } = result;
  const apply = (next: SchemaResult): void => {
    value = next.value;
    faults = [...faults, ...next.faults];
  };
  for (const schema of allOf) apply(checkSchema(value, schema, path));
  if (anyOf) apply(choose(value, anyOf, path));
  if (oneOf) {
    const matching = oneOf.filter((schema) => checkSchema(value, schema, path).faults.length === 0);
    if (matching.length > 1) apply({ value, faults: [invalid(path, `must have only one of ${wishes(oneOf, ' and ')}`)] });
    else apply(choose(value, oneOf, path));
  }
  return { value, faults };
};

/**
 * Returns the result of the first branch that matches. If none does, and exactly one has the right type, returns the faults of
 * that one. A fault deep in a list is then not reported as "neither a string nor a list".
 */
const choose = (value: Json, branches: readonly Schema[], path: SchemaFault['path']): SchemaResult => {
  const results = branches.map((schema) => checkSchema(value, schema, path));
  const holding = results.find(({ faults }) => faults.length === 0);
  if (holding) return holding;
  const fitting = branches.flatMap((schema, index) => (fits(value, schema) ? (results[index] ?? []) : []));
  const [only, ...others] = fitting;
  if (only && others.length === 0) return only;
  return { value, faults: [invalid(path, `must have ${wishes(branches, ' or ')}`)] };
};

const fits = (value: Json, schema: Schema): boolean => {
  const typed = coerce(value, schema);
  return (
    typed !== undefined && (schema.const === undefined || schema.const === typed) && (schema.enum?.includes(typed) ?? true)
  );
};

/** Describes briefly what the branches require. */
const wishes = (branches: readonly Schema[], conjunction: string): string =>
  branches
    .map(({ required, type, const: constant }) => {
      if (required) return required.join(' with ');
      return constant === undefined ? [type ?? 'another form'].flat().join(' or ') : show(constant);
    })
    .join(conjunction);

const invalid = (path: SchemaFault['path'], message: string): SchemaFault => ({ path, kind: 'invalid', message });
