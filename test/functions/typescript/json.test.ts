import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimal } from '../../../src/functions/typescript/decimal.ts';
import { type Json, parseJson } from '../../../src/functions/typescript/json.ts';

/** Names of an object in order, read from its text by a way of its own: one string after the other. */
const names = (value: Json): string[] => (typeof value === 'object' && value !== null ? Object.keys(value) : []);

describe('a name', () => {
  it('with an escape is itself, whatever names came before', () => {
    // https://github.com/nodejs/node/issues/63785
    expect(names(parseJson('{"x":0,"\\\\":0}'))).toEqual(['x', '\\']);
    expect(names(parseJson('{"x":0,"\\u0041":0}'))).toEqual(['x', 'A']);
    expect(names(parseJson('{"x":0,"\\"":0,"a\\"b\\\\":{"\\n":[{"\\t":1.0}]}}'))).toEqual(['x', '"', 'a"b\\']);
  });

  it('that stands twice has the place of the first and the value of the last', () => {
    expect(JSON.stringify(parseJson('{"\\u0041":1,"B":2,"A":3}'))).toBe('{"A":3,"B":2}');
    expect(JSON.stringify(parseJson('{"A":1,"B":2,"\\u0041":3}'))).toBe('{"A":3,"B":2}');
    expect(JSON.stringify(parseJson('{"b":1,"\\u0031":2,"__proto_\\u005f":3}'))).toBe('{"1":2,"b":1,"__proto__":3}');
  });

  it('may be anything, with backslashes, quotes and colons', () => {
    const name = fc.stringMatching(/^[\\":{},\n a-c]{0,4}$/);
    const value = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        name,
        fc.integer(),
        fc.dictionary(name, tie('value'), { maxKeys: 4 }),
        fc.array(tie('value'), { maxLength: 3 }),
      ),
    })).value;
    fc.assert(
      fc.property(value, (original) => {
        const text = JSON.stringify(original, undefined, 1);
        expect(JSON.stringify(parseJson(text))).toBe(JSON.stringify(original));
      }),
      { numRuns: 1000 },
    );
  });
});

it('a number keeps its value, wherever it stands and whatever stands around it', () => {
  const number = fc.stringMatching(/^-?(0|[1-9]\d{0,20})(\.\d{1,16})?([eE][+-]?\d)?$/);
  const around = fc.constantFrom(
    ['', ''],
    ['[', ']'],
    ['\t[0,\r\n', ']'],
    ['["4f0e-8a3d-7e1c5d9b2a41",', ',1]'],
    ['{"a":', '}'],
    ['{"a\\u0041":[ ', '\n,"\\\\"]}'],
  );
  fc.assert(
    fc.property(number, around, (text, [before, after]) => {
      const found = JSON.stringify(parseJson(before + text + after));
      const read = found.slice(JSON.stringify(JSON.parse(`${before}null${after}`)).indexOf('null'));
      const [token = ''] = /^-?[\d.eE+-]+/.exec(read) ?? [];
      expect(decimal(token)).toBe(decimal(text));
    }),
    { numRuns: 2000 },
  );
});

describe('what is no JSON', () => {
  it.each([
    '{"\\q":1}',
    '{"a\\":1}',
    '{\\"a":1}',
    '"\\":',
    '{"\\u00":1}',
    '{"\\\\" "a":1}',
    '',
    '{"a\\\n":1}',
    '{"\\n"\u00a0:1}',
  ])('is refused: %s', (text) => {
    expect(() => parseJson(text)).toThrow(SyntaxError);
  });

  it('is refused at once, however many quotes and escapes it has', () => {
    // Quadratic, each would take hours, and the test's own limit is seconds.
    expect(() => parseJson(`{"${'\\"'.repeat(3_000_000)}`)).toThrow(SyntaxError);
    expect(() => parseJson(`{"\\n"${' '.repeat(3_000_000)}`)).toThrow(SyntaxError);
  });
});
