import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimal } from '../../../src/functions/typescript/decimal.ts';
import { type Json, JsonNumber, JsonReader, parseJson } from '../../../src/functions/typescript/json.ts';

/** As JSON.parse has it, where numbers are plain. */
const plain = (value: Json): unknown => {
  if (value instanceof JsonNumber) return Number(value.text);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, plain(member)]));
};

const text = (value: Json): string => JSON.stringify(plain(value));

const names = (value: unknown): string[] => (typeof value === 'object' && value !== null ? Object.keys(value) : []);

describe('the fault of V8 with names', () => {
  it('is still in this Node.js: if this fails, JSON.parse can read what has no long numbers', () => {
    // https://github.com/nodejs/node/issues/63785
    JSON.parse('{"fault":0,"\\\\":0}');
    expect(names(JSON.parse('{"fault":0,"\\u0041":0}'))).toEqual(['fault', '\\']);
  });

  it('is not in what the functions read, wherever such a name was parsed before', () => {
    // As Lambda's runtime parses an event.
    JSON.parse('{"queryStringParameters":{"x":"","\\\\":"","z\\\\":""}}');
    expect(names(parseJson('{"x":0,"\\\\":0}'))).toEqual(['x', '\\']);
    expect(names(parseJson('{"x":0,"\\u0041":0}'))).toEqual(['x', 'A']);
    expect(names(parseJson('{"x":0,"\\"":0,"z\\u0042":{"\\n":[{"\\t":1.0}]}}'))).toEqual(['x', '"', 'zB']);
  });
});

describe('a name', () => {
  it('that stands twice has the place of the first and the value of the last, escaped or not', () => {
    expect(text(parseJson('{"\\u0041":1,"B":2,"A":3}'))).toBe('{"A":3,"B":2}');
    expect(text(parseJson('{"A":1,"B":2,"\\u0041":3}'))).toBe('{"A":3,"B":2}');
    expect(text(parseJson('{"\\u0031":1,"1":2,"\\u0031":3}'))).toBe('{"1":3}');
    expect(text(parseJson('{"b":1,"\\u0031":2,"__proto_\\u005f":3}'))).toBe('{"1":2,"b":1,"__proto__":3}');
  });

  it('sets no prototype', () => {
    const read = parseJson('{"__proto__":{"a":1},"constructor":2}');
    expect(names(read)).toEqual(['__proto__', 'constructor']);
    expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
  });
});

it('any JSON is read as JSON.parse reads it where that has no fault', () => {
  const string = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom(...'\\\\":{},\n ab\u0000\u2028\ud800'), maxLength: 6 }),
  );
  const value = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      string,
      fc.integer(),
      fc.constantFrom(true, false, null, 1.5, -0, 1e300),
      fc.dictionary(string, tie('value'), { maxKeys: 4 }),
      fc.array(tie('value'), { maxLength: 3 }),
    ),
  })).value;
  fc.assert(
    fc.property(value, fc.nat({ max: 2 }), (original, indent) => {
      const json = JSON.stringify(original, undefined, indent);
      // Without a name there is no fault.
      expect(text(parseJson(json))).toBe(JSON.stringify(original));
      const reader = new JsonReader(JSON.stringify(json));
      expect(reader.stringAsJson()).toBe(JSON.stringify(json));
    }),
  );
});

it('a number is kept as it is written, wherever it stands', () => {
  const number = fc.stringMatching(/^-?(0|[1-9]\d{0,20})(\.\d{1,16})?([eE][+-]?\d)?$/);
  const around = fc.constantFrom(
    ['', ''],
    ['\t', '\r\n'],
    ['[', ']'],
    ['\t[0,\r\n', ']'],
    ['["4f0e-8a3d-7e1c5d9b2a41",', ',1]'],
    ['{"a":', '}'],
    ['{"a\\u0041":[ ', '\n,"\\\\"]}'],
  );
  fc.assert(
    fc.property(number, around, (digits, [before, after]) => {
      const numbers: string[] = [];
      const collect = (value: Json): void => {
        if (value instanceof JsonNumber) numbers.push(value.text);
        else if (typeof value === 'object' && value !== null) Object.values(value).forEach(collect);
      };
      collect(parseJson(before + digits + after));
      expect(numbers).toContain(digits);
      expect(decimal(digits)).toBe(decimal(digits.replace(/e/i, 'E')));
    }),
  );
});

describe('text that is not JSON', () => {
  it.each([
    '{"\\q":1}',
    '{"a\\":1}',
    '{\\"a":1}',
    '"\\":',
    '"\\',
    '"\\"',
    '"',
    '{"\\u00":1}',
    '{"\\\\" "a":1}',
    '',
    ' ',
    '{"a\\\n":1}',
    '{"\\n"\u00a0:1}',
    '{"a":1,}',
    '[1,]',
    '[,1]',
    '[1 2]',
    '{"a" 1}',
    '{"a":1',
    '[1',
    '{a:1}',
    "{'a':1}",
    '01',
    '1.',
    '.5',
    '+1',
    '-',
    '1e',
    'NaN',
    'Infinity',
    'nul',
    'tru',
    'nulll',
    '{} {}',
    '\ufeff{}',
    '{"a":"\t"}',
    '{"a":"\u0000"}',
  ])('is a SyntaxError: %j', (json) => {
    expect(() => parseJson(json)).toThrow(SyntaxError);
  });

  it('is one at once, however many quotes and escapes it has', () => {
    // Quadratic, each would take hours.
    expect(() => parseJson(`{"${'\\"'.repeat(3_000_000)}`)).toThrow(SyntaxError);
    expect(() => parseJson(`{"\\n"${' '.repeat(3_000_000)}`)).toThrow(SyntaxError);
    expect(() => parseJson(`"${'x'.repeat(3_000_000)}`)).toThrow(SyntaxError);
    expect(() => parseJson(`-${'1'.repeat(3_000_000)}x`)).toThrow(SyntaxError);
  });
});
