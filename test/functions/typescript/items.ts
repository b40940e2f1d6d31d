import assert from 'node:assert/strict';
import type { AttributeMap } from '../../../src/functions/typescript/attribute-value.ts';
import { ItemReader, renderItem, type StoredItem, storedItem } from '../../../src/functions/typescript/stored-item.ts';

/** A write id, and so the inside of an entity tag, that no other number has. */
export const writeId = (number: number): string => String(number).padStart(22, 'W');

/** An item as the table has it. Its third write made it what it is. */
export const stored = (extra: object = {}) => ({
  id: { S: 'a' },
  version: { N: '3' },
  createdAt: { S: '2026-01-01T00:00:00.000Z' },
  updatedAt: { S: '2026-02-02T00:00:00.000Z' },
  attributes: { M: {} },
  writeId: { S: writeId(3) },
  createId: { S: writeId(1) },
  ...extra,
});

/** The same as the functions read it. */
export const read = (item: object): StoredItem => new ItemReader(JSON.stringify(item)).item();

/** What clients get of a new item with these attributes, as it is created and as it is read. */
export const rendered = (attributes: AttributeMap): string => {
  const time = { S: '2026-01-01T00:00:00.000Z' };
  const item = stored({ version: { N: '1' }, createdAt: time, updatedAt: time, attributes: { M: attributes } });
  const json = renderItem(storedItem(item));
  assert.equal(renderItem(read(item)), json);
  return json;
};
