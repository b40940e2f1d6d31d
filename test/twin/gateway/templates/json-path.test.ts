import { describe, expect, it } from 'vitest';
import { evaluatePath, parseJsonPath } from '../../../../src/twin/gateway/templates/json-path.ts';

const store = {
  book: [
    { id: 1, 'odd name': 'x' },
    { id: 2, tags: ['a', 'b'] },
  ],
  owner: { id: 3, none: null },
};

describe('JSONPath', () => {
  it.each([
    ['$', store],
    ['$.owner.id', 3],
    ["$.book[0]['odd name']", 'x'],
    ['$["owner"].none', null],
    ['$.book[-1].tags[1]', 'b'],
    ['$.book[*].id', [1, 2]],
    ['$.book.*.tags', [['a', 'b']]],
    ['$..id', [1, 2, 3]],
    ['$.nothing.id', undefined],
    ['$.book[9]', undefined],
    ['$.constructor', undefined],
  ])('%s', (path, expected) => {
    expect(evaluatePath(parseJsonPath(path), store)).toEqual(expected);
  });

  it.each(['book', '$.book[?(@.id > 1)]', '$.book[0:1]', '$.book[0,1]'])('rejects %s', (path) => {
    expect(() => parseJsonPath(path)).toThrow(/JSONPath/);
  });
});
