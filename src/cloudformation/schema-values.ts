import { isObject, type Json, show } from './json.ts';
import type { Schema, SchemaType } from './schema.ts';

/**
 * Returns the value if it has a type of the schema, or else converted to the first type that fits. Returns undefined if none
 * fits.
 */
export const coerce = (value: Json, { type, enum: members }: Schema): Json | undefined => {
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

/** Keywords that validate a single value. Each function returns the message of the fault, or undefined. */
export const assertions = {
  enum: (value: Json, members: readonly Json[]) =>
    members.includes(value) ? undefined : `must be one of ${members.join(', ')}`,
  const: (value: Json, constant: Json) => (value === constant ? undefined : `must be ${show(constant)}`),
  pattern: (value: Json, source: string) =>
    typeof value === 'string' && !pattern(source).test(value) ? `must match the pattern ${source}` : undefined,
  // A character has one or two code units, so most strings need not be counted.
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

const patterns = new Map<string, RegExp>();

const pattern = (source: string): RegExp => {
  const expression = patterns.get(source) ?? new RegExp(source, 'u');
  patterns.set(source, expression);
  return expression;
};
