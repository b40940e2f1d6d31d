import { operations } from '../src/contract/operations.ts';
import { amount, type Charge, times, total } from '../src/docs/charge.ts';
import { always, natGateways } from '../src/docs/idle-cost.ts';
import { pricesAsOf } from '../src/docs/prices.ts';
import { requestCharges } from '../src/docs/request-cost.ts';
import { costliest, hoursPerMonth } from '../src/docs/workload.ts';

/** Maximum number of requests that two runs of `items verify` and the observations send. */
const requests = 4000;

/** Returns sentences with the maximum cost of a run, from the list prices and assumptions of docs/cost.md. */
export const costLines = (minutes: number): string[] => {
  const hours = Math.ceil(minutes / 60);
  const hourly = times(natGateways(1), hours / hoursPerMonth);
  // AWS probably bills these by the hour as well. That is not certain, so a whole month is counted.
  const monthly: Charge[] = [...always.alarms, ...always.dashboard, ...always.flowLogs];
  const sent = Math.max(
    ...operations.map(({ name }) => total(times(requestCharges(name, costliest.large), requests / 1e6))),
  );
  const all = total(hourly) + total(monthly) + sent;
  return [
    `at most ${amount(all)} USD at the list prices of us-east-1 as of ${pricesAsOf}, without free allowances:`,
    `  ${amount(total(hourly))} USD  NAT gateway and its address, for ${hours} h`,
    `  ${amount(total(monthly))} USD  alarms, dashboard and flow logs, counted for a whole month; by the hour it is ${amount(total(times(monthly, hours / hoursPerMonth)))} USD`,
    `  ${amount(sent)} USD  ${requests.toLocaleString('en-US')} requests, each counted as the most expensive one`,
  ];
};
