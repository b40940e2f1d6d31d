import { operations } from '../contract/operations.ts';
import { type Charge, times } from './charge.ts';
import { prices } from './prices.ts';
import { preflightCharges, requestCharges } from './request-cost.ts';
import { costliest, gigabyte, hoursPerMonth, type Load, requestsPerSecond } from './workload.ts';

/** Millions of requests a month that throttling allows for one method. */
export const millionsPerMonth = (requestsPerSecond * hoursPerMonth * 3600) / 1e6;

/** Highest charges of the requests to a method in a month, without WAF, at the default throttling. */
export interface Worst {
  readonly method: string;
  readonly small: readonly Charge[];
  readonly large: readonly Charge[];
}

/** Returns the GB of items that a month of requests creates. */
export const storedGigabytes = ({ itemKilobytes }: Load): number =>
  (millionsPerMonth * 1e6 * itemKilobytes * 1024) / gigabyte;

/**
 * Returns the charges for storing items for a month. While a month of requests creates them, half of them are stored on average.
 */
export const storage = (gigabytes: number): Charge[] => [
  { price: prices.tableStorage, quantity: gigabytes },
  { price: prices.tableRecovery, quantity: gigabytes },
];

/** The highest charges of each method: of every operation, and of the preflight requests for each path, which anyone may send. */
export const worst: readonly Worst[] = [
  ...operations.map(({ name, method, path, success }) => {
    const isCreate = success.some(({ status }) => status === 201);
    const charges = (load: Load): Charge[] => [
      ...times(requestCharges(name, load), millionsPerMonth),
      ...(isCreate ? storage(storedGigabytes(load) / 2) : []),
    ];
    return { method: `${method} ${path}`, small: charges(costliest.small), large: charges(costliest.large) };
  }),
  ...[...new Set(operations.map(({ path }) => path))].map((path) => {
    const charges = times(preflightCharges, millionsPerMonth);
    return { method: `OPTIONS ${path}`, small: charges, large: charges };
  }),
];
