import { type Operation, operations } from '../contract/operations.ts';
import type { Charge } from './charge.ts';
import { prices } from './prices.ts';
import { gigabyte, type Load, logMonths, pageKilobytes, request, usual } from './workload.ts';

/** Returns the charges of a million requests of an operation, without WAF. */
export const requestCharges = (name: string, load = usual): Charge[] => {
  const operation = operations.find((candidate) => candidate.name === name);
  if (!operation) throw new Error(`${name} is no operation of the contract`);
  const logGigabytes = gigabytes(request.accessLogBytes + request.functionLogBytes);
  return [
    { price: prices.apiRequests, quantity: 1 },
    { price: prices.lambdaRequests, quantity: 1 },
    { price: prices.lambdaDuration, quantity: (1e6 * load.durationMs * request.memoryMb) / 1000 / 1024 },
    ...operation.actions.map((action) => unitsOf(action, load)),
    { price: prices.logs, quantity: logGigabytes },
    { price: prices.logStorage, quantity: logGigabytes * logMonths },
    { price: prices.traces, quantity: load.traced },
    { price: prices.transfer, quantity: gigabytes(request.headerBytes + bodyBytes(operation, load)) },
  ];
};

/** Returns the charges of a million gateway responses: the access log, and headers with a body of `bytes` bytes. */
const gatewayCharges = (bytes: number): Charge[] => [
  { price: prices.logs, quantity: gigabytes(request.accessLogBytes) },
  { price: prices.logStorage, quantity: gigabytes(request.accessLogBytes) * logMonths },
  { price: prices.transfer, quantity: gigabytes(request.headerBytes + bytes) },
];

/** Charges of a million preflight requests, which invoke no function, without WAF. */
export const preflightCharges: readonly Charge[] = [{ price: prices.apiRequests, quantity: 1 }, ...gatewayCharges(0)];

/** Charges of a million requests that API Gateway throttles or denies. */
export const rejectedCharges: readonly Charge[] = gatewayCharges(request.problemBytes);

/** Charges that WAF adds to a million requests. */
export const webAclCharges: readonly Charge[] = [{ price: prices.webAclRequests, quantity: 1 }];

/** Returns millions of capacity units: a strongly consistent read consumes one for each 4 KB, a write one for each KB. */
const unitsOf = (action: string, load: Load): Charge => {
  const price = /:(?:Get|BatchGet|Query|Scan)/.test(action) ? prices.reads : prices.writes;
  const kilobytes = action === 'dynamodb:Scan' ? scannedKilobytes(load) : load.itemKilobytes;
  return { price, quantity: Math.ceil(kilobytes / (price === prices.reads ? 4 : 1)) };
};

const scannedKilobytes = ({ pageItems, itemKilobytes }: Load): number => Math.min(pageItems * itemKilobytes, pageKilobytes);

/** Returns the size of a response body in bytes: a page, an item or nothing. */
const bodyBytes = ({ actions, success }: Operation, load: Load): number => {
  if (success.every(({ body }) => body === undefined)) return 0;
  const items = actions.includes('dynamodb:Scan') ? scannedKilobytes(load) / load.itemKilobytes : 1;
  return items * load.itemBodyBytes;
};

/** Returns the GB of a million times `bytes`. */
function gigabytes(bytes: number): number {
  return (1e6 * bytes) / gigabyte;
}
