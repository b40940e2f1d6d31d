import type { Schema } from './schema.ts';

/** Returns the schema of a map with only these properties. Others are rejected. */
export const object = (
  properties: NonNullable<Schema['properties']>,
  required: readonly string[] = [],
): Schema & { readonly properties: NonNullable<Schema['properties']> } => ({
  type: 'object',
  additionalProperties: false,
  properties,
  ...(required.length > 0 && { required }),
});

/** Returns the schema of a list. */
export const list = (items: Schema, limits: Pick<Schema, 'minItems' | 'maxItems'> = {}): Schema => ({
  type: 'array',
  ...limits,
  items,
});

/** Returns the schema of a map whose keys are chosen by the user. */
export const map = (values: Schema): Schema => ({ type: 'object', additionalProperties: values });

/** Returns the schema of an enumeration: values that the twin supports, and values that only AWS supports. */
export const words = (supported: readonly string[], others: readonly string[]): Schema => ({
  enum: [...supported, ...others],
  supported,
});

export const string: Schema = { type: 'string' };
export const boolean: Schema = { type: 'boolean' };
/** A feature that can be enabled on AWS, but not in the twin. */
export const alwaysFalse: Schema = { type: 'boolean', supported: [false] };
/** A map of strings whose keys are chosen by the user. */
export const strings: Schema = map(string);
