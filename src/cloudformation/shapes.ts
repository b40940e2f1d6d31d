import type { Schema } from './schema.ts';

/** A map of these properties and no other: what is not named here is rejected. */
export const object = (
  properties: NonNullable<Schema['properties']>,
  required: readonly string[] = [],
): Schema & { readonly properties: NonNullable<Schema['properties']> } => ({
  type: 'object',
  additionalProperties: false,
  properties,
  ...(required.length > 0 && { required }),
});

/** A list of such items. */
export const list = (items: Schema, limits: Pick<Schema, 'minItems' | 'maxItems'> = {}): Schema => ({
  type: 'array',
  ...limits,
  items,
});

/** A map from names of the user's to such values. */
export const map = (values: Schema): Schema => ({ type: 'object', additionalProperties: values });

/** One of some words: those that the twin takes, and others that only AWS takes. */
export const words = (supported: readonly string[], others: readonly string[]): Schema => ({
  enum: [...supported, ...others],
  supported,
});

export const string: Schema = { type: 'string' };
export const boolean: Schema = { type: 'boolean' };
/** Feature that AWS can switch on and the twin cannot. */
export const alwaysFalse: Schema = { type: 'boolean', supported: [false] };
/** A map from names of the user's to strings. */
export const strings: Schema = map(string);
