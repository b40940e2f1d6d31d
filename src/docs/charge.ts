import { type Price, prices } from './prices.ts';

/** A quantity at a price. */
export interface Charge {
  readonly price: Price;
  readonly quantity: number;
}

/** Returns the sum of charges at list price, in USD. */
export const total = (charges: readonly Charge[]): number =>
  charges.reduce((sum, { price, quantity }) => sum + quantity * price.usd, 0);

/**
 * Returns the sum for an account that uses its free allowances for nothing else. Charges with the same price share an allowance.
 */
export const totalBeyondFree = (charges: readonly Charge[]): number =>
  total(merge(charges).map(({ price, quantity }) => ({ price, quantity: Math.max(0, quantity - (price.free ?? 0)) })));

/** Returns one charge for each price, in the order of the prices. */
export const merge = (charges: readonly Charge[]): Charge[] =>
  Object.values<Price>(prices).flatMap((price) => {
    const same = charges.filter((charge) => charge.price === price);
    return same.length ? [{ price, quantity: same.reduce((sum, { quantity }) => sum + quantity, 0) }] : [];
  });

/** Returns the charges multiplied by `factor`. */
export const times = (charges: readonly Charge[], factor: number): Charge[] =>
  charges.map(({ price, quantity }) => ({ price, quantity: quantity * factor }));

/** Returns the calculation of a charge: `730 h × 0.045 USD = 32.85 USD`. */
export const arithmetic = (charge: Charge): string =>
  `${withUnit(charge.price, charge.quantity)} × ${priceText(charge.price)} USD = ${amount(total([charge]))} USD`;

/** Returns a quantity with the unit of the price. */
export const withUnit = ({ unit, units = unit }: Price, count: number): string =>
  `${quantity(count)} ${count === 1 ? unit : units}`;

/** Formats a number with up to four decimals. */
export const quantity = (count: number): string => decimal(count, 0, 4);

/** Formats a price with all its digits, and at least two decimals. */
export const priceText = ({ usd }: Price): string => decimal(usd, 2, 10);

/** Formats a sum in USD with two decimals, or up to three if it is less than a dollar. */
export const amount = (usd: number): string => (usd > 0 && usd < 0.0005 ? 'under 0.001' : decimal(usd, 2, usd < 1 ? 3 : 2));

const decimal = (value: number, minimum: number, maximum: number): string =>
  value.toLocaleString('en-US', { minimumFractionDigits: minimum, maximumFractionDigits: maximum });
