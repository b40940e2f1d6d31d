import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimal } from '../../../src/functions/typescript/decimal.ts';

/** A number as an integer and a power of ten, so that two texts can be compared without a double. */
const value = (text: string): [bigint, number] => {
  const [, digits = '', fraction = '', exponent = '0'] = /^(-?\d+)(?:\.(\d+))?(?:e(.+))?$/i.exec(text) ?? [];
  return [BigInt(digits + fraction), Number(exponent) - fraction.length];
};

const same = (a: string, b: string): boolean => {
  const [[x, i], [y, j]] = [value(a), value(b)];
  const low = Math.min(i, j);
  return x * 10n ** BigInt(i - low) === y * 10n ** BigInt(j - low);
};

const digits = (min: number, max: number) => fc.stringMatching(new RegExp(`^[0-9]{${min},${max}}$`));
const number = fc
  .record({
    sign: fc.constantFrom('', '-'),
    whole: digits(1, 18).map((text) => text.replace(/^0+(?=\d)/, '')),
    fraction: fc.option(digits(1, 18)),
    exponent: fc.option(fc.integer({ min: -80, max: 80 })),
  })
  .map(
    ({ sign, whole, fraction, exponent }) =>
      `${sign}${whole}${fraction === null ? '' : `.${fraction}`}${exponent === null ? '' : `e${exponent}`}`,
  );

describe('decimal', () => {
  it('keeps the value of every number in range, in one plain form', () => {
    fc.assert(
      fc.property(number, (text) => {
        const result = decimal(text);
        expect(result).toMatch(/^(0|-?(0\.\d*[1-9]|[1-9]\d*(\.\d*[1-9])?|[1-9](\.\d*[1-9])?e-?\d+))$/);
        expect(result?.length).toBeLessThan(62);
        expect(same(text, result ?? '')).toBe(true);
        expect(decimal(result ?? '')).toBe(result);
      }),
    );
  });

  it.each([
    ['0', '0'],
    ['-0', '0'],
    ['0.000e500', '0'],
    ['1.0', '1'],
    ['100', '100'],
    ['1E2', '100'],
    ['-1.50e+1', '-15'],
    ['12e-4', '0.0012'],
    ['1e20', '100000000000000000000'],
    ['1e125', '1e125'],
    ['-120e40', '-1.2e42'],
    ['9.9999999999999999999999999999999999999E+125', '9.9999999999999999999999999999999999999e125'],
    ['1e-7', '0.0000001'],
    ['0.00000001', '1e-8'],
    ['1e-130', '1e-130'],
    ['12345678901234567890123456789012345678', '12345678901234567890123456789012345678'],
    ['0.10000000000000000000000000000000000000000', '0.1'],
  ])('%s is %s', (text, plain) => {
    expect(decimal(text)).toBe(plain);
  });

  it.each([
    ['39 significant digits', '123456789012345678901234567890123456789'],
    ['39 significant digits in a fraction', '1.00000000000000000000000000000000000001'],
    ['a magnitude too large', '1e126'],
    ['a magnitude too small', '1e-131'],
    ['an exponent beyond doubles', `1e${'9'.repeat(300)}`],
    ['a text too long to be a number in range', `1${'0'.repeat(500)}`],
  ])('rejects %s', (_what, text) => {
    expect(decimal(text)).toBeUndefined();
  });
});
