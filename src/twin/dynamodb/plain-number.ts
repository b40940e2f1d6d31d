/** A number as big.js stores it: sign, significant digits, and the exponent of the first digit. */
export interface BigNumber {
  readonly s: 1 | -1;
  readonly c: readonly number[];
  readonly e: number;
}

/**
 * Returns a number in plain notation, without an exponent. big.js appends zeros one by one. A string of up to 125 parts takes
 * dynalite seconds to write and to measure in an item with many numbers.
 */
export const plainNumber = ({ s: sign, c, e: exponent }: BigNumber): string => {
  const digits = c.join('');
  const point = exponent + 1;
  const minus = sign < 0 && c[0] !== 0 ? '-' : '';
  if (point <= 0) return `${minus}0.${'0'.repeat(-point)}${digits}`;
  if (point >= digits.length) return `${minus}${digits}${'0'.repeat(point - digits.length)}`;
  return `${minus}${digits.slice(0, point)}.${digits.slice(point)}`;
};
