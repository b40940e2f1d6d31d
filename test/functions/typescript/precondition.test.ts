import { describe, expect, it } from 'vitest';
import { evaluateReadPreconditions, writeCondition } from '../../../src/functions/typescript/precondition.ts';
import { readRequest } from '../../../src/functions/typescript/request.ts';
import { proxyEvent } from './event.ts';
import { read, stored, writeId } from './items.ts';

const request = (headers: Readonly<Record<string, string>>) => readRequest(proxyEvent({ headers: { ...headers } }), 0);
const [one, two, three] = [1, 2, 3].map((number) => `"${writeId(number)}"`);
const item = read(stored());
const exists = 'attribute_exists(id)';

describe('precondition', () => {
  it.each([
    [{}, exists, [], false],
    [{ 'if-match': '*' }, exists, [], false],
    [{ 'if-match': `${three}` }, `${exists} AND writeId IN (:writeId0)`, [3], true],
    [{ 'if-match': `W/${one}, ${two} ,${three}` }, `${exists} AND writeId IN (:writeId0,:writeId1)`, [2, 3], true],
    [{ 'if-match': `W/${three}` }, `${exists} AND writeId IN (:writeId0)`, ['none'], true],
    [{ 'if-match': '"3", "x", ""' }, `${exists} AND writeId IN (:writeId0)`, ['none'], true],
    [{ 'if-none-match': '*' }, `${exists} AND writeId IN (:writeId0)`, ['none'], false],
    [{ 'if-none-match': `W/${three}` }, `${exists} AND NOT writeId IN (:writeId0)`, [3], false],
    [
      { 'if-match': `${two}`, 'if-none-match': `${three}` },
      `${exists} AND writeId IN (:writeId0) AND NOT writeId IN (:writeId1)`,
      [2, 3],
      true,
    ],
  ])('%j is a condition', (headers, expression, writeIds, repeatable) => {
    const values = writeIds.map((id, index) => [`:writeId${index}`, { S: typeof id === 'number' ? writeId(id) : id }]);
    const condition = { expression, values: Object.fromEntries(values), repeatable };
    expect(writeCondition(request(headers as Record<string, string>))).toEqual(condition);
  });

  it('takes 50 tags, and no more', () => {
    const tags = (count: number) => Array.from({ length: count }, (_, index) => `"${writeId(index)}"`).join();
    const { expression, values } = writeCondition(request({ 'if-match': tags(50), 'if-none-match': tags(50) }));
    expect(Object.keys(values)).toHaveLength(100);
    // DynamoDB takes 4 KB.
    expect(expression.length).toBeLessThan(4096);
    expect(() => writeCondition(request({ 'if-match': tags(51) }))).toThrow('if-match can have at most 50 entity tags.');
  });
});

it.each(['', ',', writeId(3), `"${writeId(3)}`, `*, ${three}`, `${two} ${three}`, `w/${three}`, `"1"${' ,'.repeat(9000)}x`])(
  'a header of entity tags is not %s',
  (value) => {
    for (const name of ['if-match', 'if-none-match']) {
      const wrong = request({ [name]: value });
      const message = `${name} must be entity tags with their double quotes, as ETag has them, or *.`;
      expect(() => writeCondition(wrong)).toThrow(message);
      expect(() => evaluateReadPreconditions(wrong, 'a', item)).toThrow(message);
    }
  },
);

describe('evaluateReadPreconditions', () => {
  it.each([
    [{}, true],
    [{ 'if-none-match': `${three}` }, false],
    [{ 'if-none-match': `W/${three}` }, false],
    [{ 'if-none-match': `${one}, ${three}` }, false],
    [{ 'if-none-match': '*' }, false],
    [{ 'if-none-match': `${two}` }, true],
    [{ 'if-none-match': '"3"' }, true],
    [{ 'if-match': `${three}` }, true],
    [{ 'if-match': '*' }, true],
  ])('%j', (headers, modified) => {
    expect(evaluateReadPreconditions(request(headers as Record<string, string>), 'a', item)).toBe(modified);
  });

  it.each([`${two}`, `W/${three}`, '"3"'])('is a 412 for If-Match: %s, which names the entity tag', (tag) => {
    expect(() => evaluateReadPreconditions(request({ 'if-match': tag }), 'a', item)).toThrow(
      `The item has version 3 and the entity tag ${three}. Read it again and repeat the request with If-Match: ${three}.`,
    );
  });
});
