import { checkSchema } from './check-schema.ts';
import { FaultCollector, LocalError } from './errors.ts';
import { isUnresolved } from './intrinsics/scope.ts';
import { isObject, type Json, type JsonObject } from './json.ts';
import type { ResourceType } from './resource.ts';

/**
 * Holds evaluated properties against the schema of their type and returns them with scalars coerced. Values that only
 * started resources can tell are let through; they are checked when the resource itself starts.
 */
export const checkProperties = (owner: string, type: ResourceType, properties: JsonObject): JsonObject => {
  const { value, faults } = checkSchema(properties, type.schema);
  const collector = new FaultCollector();
  const checked = value as JsonObject;
  // Unsupported properties come first: `Body` is why a Name is missing, `Code.S3Key` is why a ZipFile is.
  const unsupportedFirst = faults.toSorted((a, b) => Number(b.kind === 'unsupported') - Number(a.kind === 'unsupported'));
  for (const { path, kind, message } of unsupportedFirst) {
    const text = `${owner}: ${path.length > 0 ? `property ${path.join('.')} ` : ''}${message}`;
    // A misspelt name is no difference from AWS.
    if (kind === 'unsupported')
      collector.add('UNSUPPORTED_PROPERTY', text.endsWith('?') ? text : `${text} (${whereToLook})`);
    else collector.add('INVALID_PROPERTY', text);
  }
  for (const path of dynamicReferences(properties)) {
    const message = 'has a dynamic reference, {{resolve:…}}, which the local twin does not resolve; use a parameter instead';
    collector.add('UNSUPPORTED_INTRINSIC', `${owner}: property ${path.join('.')} ${message} (${whereToLook})`);
  }
  if (type.check && faults.length === 0 && isKnown(checked))
    for (const { code, message } of type.check(checked)) collector.add(code, `${owner}: ${message}`);
  collector.throwIfAny();
  return checked;
};

/** The fault of a value that AWS takes and the twin does not, where the schema cannot say so. */
export const unsupportedProperty = (property: string, message: string): LocalError =>
  new LocalError('UNSUPPORTED_PROPERTY', `property ${property} ${message} (${whereToLook})`);

/** False if a value has anything that only a started resource can tell. */
const isKnown = (value: Json): boolean =>
  isObject(value) || Array.isArray(value) ? Object.values<Json>(value).every(isKnown) : !isUnresolved(value);

/** Paths of texts that CloudFormation would look up in Parameter Store or Secrets Manager. */
const dynamicReferences = (value: Json, path: readonly string[] = []): string[][] => {
  if (typeof value === 'string') return value.includes('{{resolve:') ? [[...path]] : [];
  if (!isObject(value) && !Array.isArray(value)) return [];
  return Object.entries<Json>(value).flatMap(([name, item]) => dynamicReferences(item, [...path, name]));
};

/** Part of the messages of rejections: where to read what the twin does not support. */
export const whereToLook = 'see "Known differences" in docs/twin.md';
