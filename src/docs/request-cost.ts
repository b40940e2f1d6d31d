import { operations } from '../contract/operations.ts';
import type { Charge } from './charge.ts';
import { type Price, prices } from './prices.ts';
import { gigabyte, logMonths, request, traceSamplingRate } from './workload.ts';

/** The name of an operation. */
export type OperationName = (typeof operations)[number]['name'];
type Action = (typeof operations)[number]['actions'][number];

/** What a million requests of an operation cost, without WAF. */
export const requestCharges = (name: OperationName): Charge[] => {
  const operation = operations.find((candidate) => candidate.name === name);
  if (!operation) throw new Error(`${name} is no operation of the contract`);
  const logGigabytes = gigabytes(request.accessLogBytes + request.functionLogBytes);
  return [
    { price: prices.apiRequests, quantity: 1 },
    { price: prices.lambdaRequests, quantity: 1 },
    { price: prices.lambdaDuration, quantity: (1e6 * request.durationMs * request.memoryMb) / 1000 / 1024 },
    ...operation.actions.map((action) => ({ price: units[action].price, quantity: units[action].units })),
    { price: prices.logs, quantity: logGigabytes },
    { price: prices.logStorage, quantity: logGigabytes * logMonths },
    { price: prices.traces, quantity: traceSamplingRate },
    { price: prices.transfer, quantity: gigabytes(request.headerBytes + bodyBytes(operation)) },
  ];
};

/** What a million preflights cost, which run no function, without WAF. */
export const preflightCharges: readonly Charge[] = [
  { price: prices.apiRequests, quantity: 1 },
  { price: prices.logs, quantity: gigabytes(request.accessLogBytes) },
  { price: prices.logStorage, quantity: gigabytes(request.accessLogBytes) * logMonths },
  { price: prices.transfer, quantity: gigabytes(request.headerBytes) },
];

/** What WAF adds to a million requests. */
export const webAclCharges: readonly Charge[] = [{ price: prices.webAclRequests, quantity: 1 }];

/** A strongly consistent read takes a unit for each 4 KB of all that it reads; a write one for each KB. */
const read = (items: number) => ({ price: prices.reads, units: Math.ceil((items * request.itemKilobytes) / 4) });
const write = { price: prices.writes, units: Math.ceil(request.itemKilobytes) };

const units: Readonly<Record<Action, { readonly price: Price; readonly units: number }>> = {
  'dynamodb:GetItem': read(1),
  'dynamodb:Scan': read(request.pageItems),
  'dynamodb:PutItem': write,
  'dynamodb:UpdateItem': write,
  'dynamodb:DeleteItem': write,
};

/** Bytes of the answer's body: a page, an item, or nothing. */
const bodyBytes = ({ actions, success }: (typeof operations)[number]): number => {
  const statuses: readonly number[] = success;
  if (statuses.includes(204)) return 0;
  return (actions[0] === 'dynamodb:Scan' ? request.pageItems : 1) * request.itemBodyBytes;
};

/** GB of a million times so many bytes. */
function gigabytes(bytes: number): number {
  return (1e6 * bytes) / gigabyte;
}
