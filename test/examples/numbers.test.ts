import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exactNumber, isExactNumber, parseExact } from '../../examples/client-typescript/numbers.ts';

describe('numbers of JavaScript', () => {
  it('are rounded by JSON.parse, as the client says', () => {
    expect(JSON.stringify(JSON.parse('9007199254740993'))).toBe('9007199254740992');
    expect(2 ** 53 + 1).toBe(2 ** 53);
  });

  it('are kept by parseExact, as they are where a double holds them', () => {
    const text =
      '{"id":9007199254740993,"list":[0.1,12.5,-3,1E+100,{"deep":0.1234567890123456789}],"text":"9007199254740993"}';
    const value = parseExact<{ id: unknown; list: unknown[] }>(text);
    expect(JSON.stringify(value)).toBe(text.replace('1E+100', '1e+100'));
    expect(isExactNumber(value.id)).toBe(true);
    expect(value.list.slice(0, 4)).toEqual([0.1, 12.5, -3, 1e100]);
  });

  const digits = fc.stringMatching(/^[1-9][0-9]{0,37}$/);
  const decimal = fc
    .tuple(fc.constantFrom('', '-'), digits, fc.integer({ min: -100, max: 80 }))
    .map(([sign, whole, exponent]) => `${sign}${whole}e${exponent}`);

  it('have the same value after parseExact and JSON.stringify', () => {
    fc.assert(
      fc.property(fc.oneof(digits, decimal), (text) => {
        expect(decimalOf(JSON.stringify(parseExact(text)))).toEqual(decimalOf(text));
      }),
    );
  });
});

describe('exactNumber', () => {
  it.each(['9007199254740993', '-0.5', '1E+120'])('takes %s', (text) => {
    expect(JSON.stringify([exactNumber(text)])).toBe(`[${text}]`);
  });

  it.each(['', 'true', '"1"', '1 ', '01', 'NaN', '{}'])('rejects %j', (text) => {
    expect(() => exactNumber(text)).toThrow(SyntaxError);
  });
});

/** The value of a decimal text: an integer that does not end in 0, and the power of ten that it is multiplied by. */
function decimalOf(text: string): { integer: string; exponent: number } {
  const [, sign = '', whole = '', fraction = '', power = '0'] = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i.exec(text) ?? [];
  const all = (whole + fraction).replace(/^0+/, '');
  const integer = all.replace(/0+$/, '');
  return { integer: sign + integer, exponent: Number(power) - fraction.length + all.length - integer.length };
}
