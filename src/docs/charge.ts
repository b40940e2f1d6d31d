import { type Price, prices } from './prices.ts';

/** A quantity of something at its price. */
export interface Charge {
  readonly price: Price;
  readonly quantity: number;
}

/** Returns the sum of charges at list price, in USD. */
export const total = (charges: readonly Charge[]): number =>
  charges.reduce((sum, { price, quantity }) => sum + quantity * price.usd, 0);

/** Returns the sum in an account that uses its free allowances for nothing else. Charges at one price share an allowance. */
export const totalBeyondFree = (charges: readonly Charge[]): number =>
  total(merge(charges).map(({ price, quantity }) => ({ price, quantity: Math.max(0, quantity - (price.free ?? 0)) })));

/** One charge for each price, in the order of the prices. */
export const merge = (charges: readonly Charge[]): Charge[] =>
  Object.values<Price>(prices).flatMap((price) => {
    const same = charges.filter((charge) => charge.price === price);
    return same.length ? [{ price, quantity: same.reduce((sum, { quantity }) => sum + quantity, 0) }] : [];
  });

/** The same charges `factor` times. */
export const times = (charges: readonly Charge[], factor: number): Charge[] =>
  charges.map(({ price, quantity }) => ({ price, quantity: quantity * factor }));

/** Returns the calculation of a charge: `730 h × 0.045 USD = 32.85 USD`. */
export const arithmetic = (charge: Charge): string =>
  `${withUnit(charge.price, charge.quantity)} × ${priceText(charge.price)} USD = ${amount(total([charge]))} USD`;

/** A quantity of what has the price. */
export const withUnit = ({ unit, units = unit }: Price, count: number): string =>
  `${quantity(count)} ${count === 1 ? unit : units}`;

/** A number of anything. */
export const quantity = (count: number): string => decimal(count, 0, 4);

/** A price with all its digits, of which it has two decimals at least. */
export const priceText = ({ usd }: Price): string => decimal(usd, 2, 10);

/** A sum in USD: to the cent, and to the tenth of it what is less than a dollar. */
export const amount = (usd: number): string => (usd > 0 && usd < 0.0005 ? 'under 0.001' : decimal(usd, 2, usd < 1 ? 3 : 2));

const decimal = (value: number, minimum: number, maximum: number): string =>
  value.toLocaleString('en-US', { minimumFractionDigits: minimum, maximumFractionDigits: maximum });
