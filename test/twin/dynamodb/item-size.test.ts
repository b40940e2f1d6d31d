import { expect, it } from 'vitest';
import { itemSize } from '../../../src/twin/dynamodb/item-size.ts';

it.each([
  ['nothing', {}, 0],
  ['a name and a string in UTF-8', { é: { S: 'aé😀' } }, 2 + 7],
  ['an empty string', { a: { S: '' } }, 1],
  ['numbers by their digits', { a: { N: '0' }, b: { N: '12' }, c: { N: '-123' }, d: { N: '1e125' } }, 4 + 1 + 2 + 4 + 2],
  ['what has no size of its own', { a: { NULL: true }, b: { BOOL: false } }, 2 + 2],
  ['a list', { a: { L: [{ S: 'x' }, { S: 'yy' }] } }, 1 + 3 + 2 + 3],
  ['a map', { a: { M: { bb: { S: 'x' } } } }, 1 + 3 + 1 + 2 + 1],
  ['sets and binary', { a: { SS: ['é', 'b'] }, b: { B: 'AAECAw==' }, c: { NS: ['1', '22'] } }, 3 + 3 + 4 + 4],
])('counts %s', (_what, item, size) => {
  expect(itemSize(item)).toBe(size);
});
