import { type Charge, merge, times } from './charge.ts';
import { always, key, keyRequests, natGateways, webAcl } from './idle-cost.ts';
import { prices } from './prices.ts';
import { requestCharges, webAclCharges } from './request-cost.ts';
import { stack } from './workload.ts';

/** A stack with its monthly charges. */
export interface Example {
  readonly title: string;
  readonly text: string;
  readonly charges: readonly Charge[];
}

/** Millions of requests a month in production, by operation. Operations that are not listed have none. */
export const mix = { GetItem: 6, ListItems: 1, CreateItem: 1, UpdateItem: 1.5, DeleteItem: 0.5 } as const satisfies {
  readonly [operation: string]: number;
};

const requests = Object.values(mix).reduce((sum, millions) => sum + millions, 0);
const tableGigabytes = 10;
const scannedGigabytes = 10;
const stackCharges = Object.values(always).flat();

/** Two stacks: the smallest and the largest typical use. */
export const examples: readonly Example[] = [
  {
    title: 'A development stack that nobody uses',
    text: '`NatGateways=None`, the rest as it is by default.',
    charges: stackCharges,
  },
  {
    title: `A production stack at ${requests} million requests a month`,
    text: `\`NatGateways=PerAvailabilityZone\`, a key in \`KmsKeyArn\`, \`WebAcl=true\`; ${mixText()}; ${tableGigabytes} GB of items, ${scannedGigabytes} GB of logs scanned.`,
    charges: merge([
      ...Object.entries(mix).flatMap(([name, millions]) => times(requestCharges(name), millions)),
      ...times(webAclCharges, requests),
      ...natGateways(stack.availabilityZones),
      ...stackCharges,
      ...webAcl,
      ...key,
      keyRequests,
      { price: prices.tableStorage, quantity: tableGigabytes },
      { price: prices.tableRecovery, quantity: tableGigabytes },
      { price: prices.logQueries, quantity: scannedGigabytes },
    ]),
  },
];

function mixText(): string {
  return Object.entries(mix)
    .map(([name, millions]) => `${(millions / requests) * 100} % ${name}`)
    .join(', ');
}
