import { createRequire } from 'node:module';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type BigNumber, plainNumber } from '../../../src/twin/dynamodb/plain-number.ts';

const require = createRequire(import.meta.url);
const Big: new (text: string) => BigNumber & { toFixed(): string } = createRequire(require.resolve('dynalite'))('big.js');

test('a number is written as big.js writes it', () => {
  const digits = fc.stringMatching(/^[0-9]{1,38}$/);
  fc.assert(
    fc.property(fc.constantFrom('', '-'), digits, fc.integer({ min: -130, max: 125 }), (sign, significand, exponent) => {
      const number = new Big(`${sign}${significand}e${exponent}`);
      expect(plainNumber(number)).toBe(number.toFixed());
    }),
  );
});
