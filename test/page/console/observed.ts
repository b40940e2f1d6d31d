import type { ObservedRequest, StackEvent } from '../../../src/twin/index.ts';

let count = 0;

/** A finished request, as a stack tells of it. */
export const observed = (more: Partial<ObservedRequest> = {}): ObservedRequest => ({
  time: new Date('2026-11-29T12:00:00.000Z'),
  method: 'GET',
  path: '/v1/items',
  status: 200,
  latency: 12,
  parts: { gateway: 2, function: 6, dynamoDb: 4 },
  functionName: 'items-local-ListItems',
  requestId: crypto.randomUUID(),
  query: '',
  url: 'http://127.0.0.1:3000/v1/items',
  headers: [['Host', '127.0.0.1:3000']],
  body: Buffer.alloc(0),
  response: { headers: [['Content-Type', 'application/json']], body: '{"items":[]}' },
  trail: [],
  extendedRequestId: `extended-${++count}`,
  ...more,
});

export const request = (more: Partial<ObservedRequest> = {}): StackEvent => ({ type: 'request', request: observed(more) });

/** A log line of a request, an invocation or an environment. */
export const line = (
  message: string,
  origin: { readonly requestId?: string; readonly environment?: number },
): StackEvent => ({ type: 'log', log: { group: '/aws/lambda/f', source: 'function', message, origin } });
