import { didYouMean } from '../text/nearest.ts';
import { functionNames } from './intrinsics/evaluate.ts';
import { isUnresolved } from './intrinsics/scope.ts';
import { isObject, type Json, type JsonObject, show } from './json.ts';

/**
 * The part of JSON Schema that resource types use. It is interpreted: a validator that compiles its schemas, as ajv
 * does, takes a quarter of a second for those of one template, and each template is checked once. A test holds this
 * against ajv.
 */
export interface Schema {
  readonly type?: SchemaType | readonly SchemaType[];
  readonly enum?: readonly Json[];
  /** Of the values that AWS takes, those that the twin takes. */
  readonly supported?: readonly Json[];
  readonly const?: Json;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly properties?: Readonly<Record<string, Schema | false>>;
  readonly additionalProperties?: Schema | boolean;
  readonly propertyNames?: Schema;
  readonly required?: readonly string[];
  readonly minProperties?: number;
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  /** Returns the fault of a text that meets all other constraints. */
  readonly fault?: (text: string) => ValueFault | undefined;
}

type SchemaType = 'string' | 'number' | 'integer' | 'boolean' | 'array' | 'object';

export interface ValueFault {
  /** `unsupported` of a property that the schema does not know, or a value that AWS takes and the twin does not. */
  readonly kind: 'unsupported' | 'invalid';
  /** Text of the fault, to be read after the name of the property. */
  readonly message: string;
}

export interface SchemaFault extends ValueFault {
  readonly path: readonly (string | number)[];
}

export interface SchemaResult {
  /** The value with its scalars coerced as CloudFormation does: "30" is 30 and "true" is true where the schema says so. */
  readonly value: Json;
  readonly faults: readonly SchemaFault[];
}

/** Holds a value against a schema. What is not resolved yet passes. */
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

/** Suggests the intrinsic function that a map with one key was meant to be, if the key is nearly its name: `{ Reff: Table }`. */
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

/** The value as the first type of the schema that it has, or that it can be read as; undefined if there is none. */
const coerce = (value: Json, { type, enum: members }: Schema): Json | undefined => {
  const types = [type ?? []].flat();
  const typed =
    types.length === 0 || types.some((name) => hasType(value, name))
      ? value
      : types.map((name) => readAs(value, name)).find(isDefined);
  return members?.find((member) => typeof typed !== 'object' && String(member) === String(typed)) ?? typed;
};

const isDefined = (value: Json | undefined): value is Json => value !== undefined;

const hasType = (value: Json, type: SchemaType): boolean => {
  if (type === 'object') return isObject(value);
  if (type === 'array') return Array.isArray(value);
  return type === 'integer' ? Number.isInteger(value) : typeof value === type;
};

const readAs = (value: Json, type: SchemaType): Json | undefined => {
  if (type === 'string' && (typeof value === 'number' || typeof value === 'boolean')) return String(value);
  if (typeof value !== 'string') return undefined;
  if (type === 'boolean') return value === 'true' || (value === 'false' ? false : undefined);
  const isNumber =
    value.trim() !== '' && Number.isFinite(Number(value)) && (type === 'number' || Number.isInteger(Number(value)));
  return (type === 'number' || type === 'integer') && isNumber ? Number(value) : undefined;
};

/** Keywords that look at one value, each with what it says if the value does not hold. */
const assertions = {
  enum: (value: Json, members: readonly Json[]) =>
    members.includes(value) ? undefined : `must be one of ${members.join(', ')}`,
  const: (value: Json, constant: Json) => (value === constant ? undefined : `must be ${show(constant)}`),
  pattern: (value: Json, source: string) =>
    typeof value === 'string' && !pattern(source).test(value) ? `must match the pattern ${source}` : undefined,
  // A character is one or two code units, so most texts need not be counted.
  minLength: (value: Json, limit: number) =>
    typeof value === 'string' && value.length < 2 * limit && [...value].length < limit
      ? `must have at least ${limit} characters`
      : undefined,
  maxLength: (value: Json, limit: number) =>
    typeof value === 'string' && value.length > limit && [...value].length > limit
      ? `must have at most ${limit} characters`
      : undefined,
  minimum: (value: Json, limit: number) =>
    typeof value === 'number' && value < limit ? `must be ${limit} or more` : undefined,
  maximum: (value: Json, limit: number) =>
    typeof value === 'number' && value > limit ? `must be ${limit} or less` : undefined,
  minItems: (value: Json, limit: number) =>
    Array.isArray(value) && value.length < limit ? `must have at least ${limit} entries` : undefined,
  maxItems: (value: Json, limit: number) =>
    Array.isArray(value) && value.length > limit ? `must have at most ${limit} entries` : undefined,
  minProperties: (value: Json, limit: number) =>
    isObject(value) && Object.keys(value).length < limit ? `must have at least ${limit} keys` : undefined,
};

const assertionEntries = Object.entries(assertions);

/** Every keyword that is looked at; a test makes sure that schemas have no other. */
export const keywords: ReadonlySet<string> = new Set([
  ...Object.keys(assertions),
  ...['supported', 'fault', 'type', 'items', 'properties', 'additionalProperties', 'propertyNames', 'required'],
  ...['allOf', 'anyOf', 'oneOf'],
]);

const patterns = new Map<string, RegExp>();

const pattern = (source: string): RegExp => {
  const expression = patterns.get(source) ?? new RegExp(source, 'u');
  patterns.set(source, expression);
  return expression;
};

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
      faults.push(invalid(at, 'is no name allowed here; rename it'));
    if (known === undefined || known === true) return [name, value];
    if (known === false) {
      faults.push(refusal(at, name, properties));
      return [name, value];
    }
    const result = checkSchema(value, known, at);
    faults.push(...result.faults);
    return [name, result.value];
  });
  return { value: Object.fromEntries(entries), faults };
};

const refusal = (path: SchemaFault['path'], name: string, properties: NonNullable<Schema['properties']>): SchemaFault => {
  if (Object.hasOwn(properties, name)) return invalid(path, 'is not allowed here; remove it');
  const known = Object.keys(properties).filter((key) => properties[key] !== false);
  const knows = `, which knows ${known.join(', ') || 'no property here'}; remove it`;
  const message = `is not supported by the local twin${didYouMean(name, known) || knows}`;
  return { path, kind: 'unsupported', message };
};

/** `allOf`, `anyOf` and `oneOf`. */
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
 * The first branch that holds. If none does, the faults are those of the only branch of the right type, so that a mistake deep
 * in a list is not reported as "neither a string nor a list".
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

/** Describes in a few words what branches require. */
const wishes = (branches: readonly Schema[], conjunction: string): string =>
  branches
    .map(({ required, type, const: constant }) => {
      if (required) return required.join(' with ');
      return constant === undefined ? [type ?? 'another form'].flat().join(' or ') : show(constant);
    })
    .join(conjunction);

const invalid = (path: SchemaFault['path'], message: string): SchemaFault => ({ path, kind: 'invalid', message });
