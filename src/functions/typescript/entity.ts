// Describes the entity. "npm run synth" writes it from src/contract/entities.ts.

import type { AttributeMap } from './attribute-value.ts';

/** The path of the collection. */
export const collection = '/items';

/** The query parameters of each operation. */
export const queryParameters = {
  CreateItem: [],
  ListItems: ['limit', 'cursor'],
  GetItem: [],
  UpdateItem: [],
  DeleteItem: [],
} as const;

/** The attributes by which the list can be looked up. */
export const indexes: readonly string[] = [];

/** Accepts any attributes: the entity has no schema. */
export const checkAttributes = (_attributes: AttributeMap): void => {};
