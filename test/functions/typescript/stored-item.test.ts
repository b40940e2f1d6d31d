import { describe, expect, it } from 'vitest';
import { entityTag, ItemReader, newWriteId, renderItem } from '../../../src/functions/typescript/stored-item.ts';
import { read, rendered, stored, writeId } from './items.ts';

describe('an item of the table', () => {
  it('is JSON with its own attributes first', () => {
    const attributes = {
      M: {
        text: { S: 'é"\\\u0001\u2028😀' },
        number: { N: '-0.50' },
        large: { N: '1E+30' },
        list: { L: [{ NULL: true }, { BOOL: true }, { BOOL: false }, { L: [] }, { M: {} }] },
        'a\\': { M: { S: { S: '' }, M: { M: { L: { L: [{ N: '1' }] } } }, N: { N: '0' } } },
      },
    };
    expect(renderItem(read(stored({ attributes })))).toBe(
      '{"id":"a","version":3,"createdAt":"2026-01-01T00:00:00.000Z","updatedAt":"2026-02-02T00:00:00.000Z",' +
        '"text":"é\\"\\\\\\u0001\u2028😀","number":-0.5,"large":1e30,"list":[null,true,false,[],{}],' +
        '"a\\\\":{"S":"","M":{"L":[1]},"N":0}}',
    );
    expect(rendered({})).toMatch(/^\{"id":"a","version":1,"createdAt":"[^"]+","updatedAt":"[^"]+"\}$/);
  });

  it('is the same however DynamoDB writes its JSON', () => {
    const text = JSON.stringify(stored({ attributes: { M: { 'ab"': { S: 'é/' } } } }), undefined, 2)
      .replace('"id"', '"\\u0069d"')
      .replace('"ab\\""', '"\\u0061b\\u0022"')
      .replace('é/', '\\u00e9\\/');
    expect(renderItem(new ItemReader(text).item())).toMatch(/"ab\\"":"é\/"\}$/);
  });

  it('has its write id as entity tag', () => {
    expect(entityTag(read(stored()))).toBe(`"${writeId(3)}"`);
    const ids = Array.from({ length: 100 }, newWriteId);
    expect(new Set(ids).size).toBe(100);
    for (const id of ids) expect(id).toMatch(/^[\w-]{22}$/);
  });

  it.each(['id', 'version', 'createdAt', 'updatedAt', 'attributes', 'writeId', 'createId'])('is none without %s', (name) => {
    expect(() => read({ ...stored(), [name]: undefined })).toThrow(`The item has no ${name}`);
  });
});
