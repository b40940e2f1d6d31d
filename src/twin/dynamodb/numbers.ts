import { createRequire } from 'node:module';
import type { BigNumber } from './plain-number.ts';
import { plainNumber } from './plain-number.ts';

/** A number in plain notation, as DynamoDB stores it, or the message with which DynamoDB rejects the text. */
export type ParsedNumber = { readonly number: string } | { readonly fault: string };

/** Parses a number of at most 38 significant digits and a magnitude from 1E-130 to 9.99…E+125. */
export const parseNumber = (text: string): ParsedNumber => {
  if (text === '') return { fault: 'The parameter cannot be converted to a numeric value' };
  if (!pattern.test(text)) return { fault: `The parameter cannot be converted to a numeric value: ${text}` };
  const number = new Big(text.startsWith('+') ? text.slice(1) : text);
  const fault = rangeFault(number);
  return fault === undefined ? { number: plainNumber(number) } : { fault };
};

/** Returns a number less than 0, 0 or more than 0. */
export const compareNumbers = (one: string, other: string): number => (one === other ? 0 : new Big(one).cmp(other));

/** Returns the sum or difference of two stored numbers, or the fault. */
export const calculate = (one: string, sign: '+' | '-', other: string): ParsedNumber => {
  const result = sign === '+' ? new Big(one).plus(other) : new Big(one).minus(other);
  // DynamoDB reports a result of more than 38 digits as an overflow as well.
  const fault = rangeFault(result) === tooPrecise ? overflow : rangeFault(result);
  return fault === undefined ? { number: plainNumber(result) } : { fault };
};

const rangeFault = ({ c: digits, e: exponent }: BigNumber): string | undefined => {
  if (digits[0] === 0) return undefined;
  if (exponent > 125) return overflow;
  if (exponent < -130) return underflow;
  return digits.length > 38 ? tooPrecise : undefined;
};

interface Big extends BigNumber {
  plus(other: string): Big;
  minus(other: string): Big;
  cmp(other: string): number;
}

const require = createRequire(import.meta.url);
const Big: new (text: string) => Big = createRequire(require.resolve('dynalite'))('big.js');

const pattern = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const overflow = 'Number overflow. Attempting to store a number with magnitude larger than supported range';
const underflow = 'Number underflow. Attempting to store a number with magnitude smaller than supported range';
const tooPrecise = 'Attempting to store more than 38 significant digits in a Number';
