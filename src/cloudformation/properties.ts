import { checkSchema } from './check-schema.ts';
import { FaultCollector, LocalError } from './errors.ts';
import { isUnresolved } from './intrinsics/scope.ts';
import { isObject, type Json, type JsonObject } from './json.ts';
import type { ResourceType } from './resource.ts';

/**
 * Validates evaluated properties against the schema of their type. Returns them with scalars coerced. Values that only started
 * resources provide pass; they are validated when the resource itself starts. Throws one LocalError with all faults.
 */
export const checkProperties = (owner: string, type: ResourceType, properties: JsonObject): JsonObject => {
  const { value, faults } = checkSchema(properties, type.schema);
  const collector = new FaultCollector();
  const checked = value as JsonObject;
  // Unsupported properties come first, because they cause other faults: with `Body`, Name may be missing; with `Code.S3Key`,
  // ZipFile.
  const unsupportedFirst = faults.toSorted((a, b) => Number(b.kind === 'unsupported') - Number(a.kind === 'unsupported'));
  for (const { path, kind, message } of unsupportedFirst) {
    const text = `${owner}: ${path.length > 0 ? `property ${path.join('.')} ` : ''}${message}`;
    // A misspelt name is not a difference from AWS.
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

/** Creates the error for a value that AWS supports and the twin does not, where the schema cannot express this. */
export const unsupportedProperty = (property: string, message: string): LocalError =>
  new LocalError('UNSUPPORTED_PROPERTY', `property ${property} ${message} (${whereToLook})`);

/** Returns false if a value contains a part that only a started resource provides. */
const isKnown = (value: Json): boolean =>
  isObject(value) || Array.isArray(value) ? Object.values<Json>(value).every(isKnown) : !isUnresolved(value);

/** Returns the paths of strings that CloudFormation would resolve in Parameter Store or Secrets Manager. */
const dynamicReferences = (value: Json, path: readonly string[] = []): string[][] => {
  if (typeof value === 'string') return value.includes('{{resolve:') ? [[...path]] : [];
  if (!isObject(value) && !Array.isArray(value)) return [];
  return Object.entries<Json>(value).flatMap(([name, item]) => dynamicReferences(item, [...path, name]));
};

/** Part of the messages of rejections: where the documentation lists what the twin does not support. */
export const whereToLook = 'see "Known differences" in docs/twin.md';
