import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { indented, jsonTokens } from '../../../../src/page/console/browser/json-text.js';

describe('JSON, indented', () => {
  it('keeps every digit and every escape', () => {
    const text = '{"n":12345678901234567890.10,"e":-1E+400,"s":"\\u00e4\\n\\"","a":[],"o":{},"l":[1,[true,null]]}';
    expect(indented(text)).toBe(`{
  "n": 12345678901234567890.10,
  "e": -1E+400,
  "s": "\\u00e4\\n\\"",
  "a": [],
  "o": {},
  "l": [
    1,
    [
      true,
      null
    ]
  ]
}`);
  });

  it('is what JSON.stringify makes, of any value', () => {
    fc.assert(
      fc.property(fc.oneof(fc.array(fc.jsonValue()), fc.dictionary(fc.string(), fc.jsonValue())), (value) => {
        expect(indented(JSON.stringify(value))).toBe(JSON.stringify(value, undefined, 2));
      }),
    );
  });

  it('leaves other texts as they are', () => {
    for (const text of ['', 'a', '{', '{"a":1', '12', '"a"', '<b>{}</b>']) {
      expect(jsonTokens(text)).toBeUndefined();
      expect(indented(text)).toBe(text);
    }
  });

  it('tells names from texts', () => {
    const types = jsonTokens('{"a":"a","b":[1,true]}')?.flatMap(({ type, text }) =>
      ['space', 'mark'].includes(type) ? [] : [`${type} ${text}`],
    );
    expect(types).toEqual(['name "a"', 'string "a"', 'name "b"', 'number 1', 'word true']);
  });
});
