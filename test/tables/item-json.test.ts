import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { itemJson } from '../../src/tables/item-json.ts';
import type { AttributeMap, AttributeValue } from '../../src/twin/dynamodb/attribute-values.ts';

/** Without what terminals act on. */
const escaped = (json: string): string =>
  json.replace(/[\x7f-\x9f]/g, (character) => `\\u00${character.charCodeAt(0).toString(16)}`);

describe('an item as JSON', () => {
  it('has numbers with all their digits, sets as lists and bytes in base64', () => {
    const item: AttributeMap = {
      id: { S: 'a"\n' },
      n: { N: '12345678901234567890123456789012345678' },
      tiny: { N: '-1.5E-130' },
      odd: { N: '.5' },
      none: { NULL: true },
      yes: { BOOL: false },
      bytes: { B: 'AQI=' },
      numbers: { NS: ['1.10', '2'] },
      words: { SS: ['x', 'y'] },
      parts: { BS: ['AQ=='] },
      list: { L: [{ M: { a: { N: '1' } } }, { L: [] }] },
      map: { M: {} },
    };
    expect(itemJson(item)).toBe(
      '{"id":"a\\"\\n","n":12345678901234567890123456789012345678,"tiny":-1.5E-130,"odd":".5","none":null,"yes":false,' +
        '"bytes":"AQI=","numbers":[1.10,2],"words":["x","y"],"parts":["AQ=="],"list":[{"a":1},[]],"map":{}}',
    );
    expect(itemJson({ id: { S: 'a' }, map: { M: { list: { L: [{ N: '1' }] } } } }, 'indented')).toBe(
      '{\n  "id": "a",\n  "map": {\n    "list": [\n      1\n    ]\n  }\n}',
    );
  });

  it('is what JSON.stringify writes, of any value that JavaScript has', () => {
    const stored = (value: unknown): AttributeValue => {
      if (value === null) return { NULL: true };
      if (typeof value === 'string') return { S: value };
      if (typeof value === 'boolean') return { BOOL: value };
      if (typeof value === 'number') return { N: JSON.stringify(value) };
      if (Array.isArray(value)) return { L: value.map(stored) };
      return { M: map(value as object) };
    };
    const map = (object: object): AttributeMap =>
      Object.fromEntries(Object.entries(object).map(([name, one]) => [name, stored(one)]));
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue({ noUnicodeString: false })), (object) => {
        expect(itemJson(map(object))).toBe(escaped(JSON.stringify(object)));
        expect(itemJson(map(object), 'indented')).toBe(escaped(JSON.stringify(object, undefined, 2)));
      }),
    );
  });
});
