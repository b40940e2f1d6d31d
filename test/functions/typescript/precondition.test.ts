import { describe, expect, it } from 'vitest';
import { mayBeShown, precondition } from '../../../src/functions/typescript/precondition.ts';
import type { Request } from '../../../src/functions/typescript/respond.ts';

const request = (headers: Record<string, string>): Request =>
  ({ header: (name: string) => headers[name] }) as unknown as Request;
const item = {
  id: { S: 'a' },
  version: { N: '3' },
  createdAt: { S: 'c' },
  updatedAt: { S: 'u' },
  attributes: { M: {} },
};

describe('precondition', () => {
  it.each([
    [{}, 'attribute_exists(id)', [], false],
    [{ 'if-match': '*' }, 'attribute_exists(id)', [], false],
    [{ 'if-match': '"3"' }, 'attribute_exists(id) AND version IN (:v0)', ['3'], true],
    [{ 'if-match': 'W/"1", "2" ,"3"' }, 'attribute_exists(id) AND version IN (:v0,:v1)', ['2', '3'], true],
    [{ 'if-match': 'W/"3"' }, 'attribute_exists(id) AND version IN (:v0)', ['0'], true],
    [{ 'if-match': '3' }, 'attribute_exists(id) AND version IN (:v0)', ['0'], true],
    [{ 'if-match': '"03", "x", ""' }, 'attribute_exists(id) AND version IN (:v0)', ['0'], true],
    [{ 'if-none-match': '*' }, 'attribute_exists(id) AND version IN (:v0)', ['0'], false],
    [{ 'if-none-match': 'W/"3"' }, 'attribute_exists(id) AND NOT version IN (:v0)', ['3'], false],
    [
      { 'if-match': '"2"', 'if-none-match': '"3"' },
      'attribute_exists(id) AND version IN (:v0) AND NOT version IN (:v1)',
      ['2', '3'],
      true,
    ],
  ])('%j is a condition', (headers, expression, versions, once) => {
    const values = Object.fromEntries(versions.map((version, index) => [`:v${index}`, { N: version }]));
    expect(precondition(request(headers as Record<string, string>))).toEqual({ expression, values, once });
  });

  it('takes as many tags as DynamoDB takes operands, and no more', () => {
    const tags = (count: number) => Array.from({ length: count }, (_, index) => `"${index + 1}"`).join();
    expect(Object.keys(precondition(request({ 'if-match': tags(50) })).values)).toHaveLength(50);
    expect(() => precondition(request({ 'if-match': tags(51) }))).toThrow('if-match may name at most 50 entity tags.');
  });
});

describe('mayBeShown', () => {
  it.each([
    [{}, true],
    [{ 'if-none-match': '"3"' }, false],
    [{ 'if-none-match': 'W/"3"' }, false],
    [{ 'if-none-match': '"1", "3"' }, false],
    [{ 'if-none-match': '*' }, false],
    [{ 'if-none-match': '"2"' }, true],
    [{ 'if-none-match': '3' }, true],
    [{ 'if-match': '"3"' }, true],
    [{ 'if-match': '*' }, true],
  ])('%j', (headers, shown) => {
    expect(mayBeShown(request(headers as Record<string, string>), item)).toBe(shown);
  });

  it.each(['"2"', 'W/"3"'])('is a 412 for If-Match: %s', (tag) => {
    expect(() => mayBeShown(request({ 'if-match': tag }), item)).toThrow('The item is at version 3');
  });
});
