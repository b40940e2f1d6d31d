import type { StackIdentity } from '../../../src/cloudformation/stack-identity.ts';
import { type Context, createContext } from '../../../src/twin/gateway/context.ts';
import type { HttpRequest } from '../../../src/twin/gateway/http.ts';

export const stack: StackIdentity = {
  name: 'test',
  id: 'arn:aws:cloudformation:eu-west-1:123456789012:stack/test/1',
  region: 'eu-west-1',
  accountId: '123456789012',
  partition: 'aws',
  urlSuffix: 'amazonaws.com',
};

/** A GET of /v1/items, with some of it replaced. */
export const request = (
  parts: Partial<Omit<HttpRequest, 'body'>> & { readonly body?: string | Buffer | undefined } = {},
): HttpRequest => ({
  method: 'GET',
  path: '/v1/items',
  query: '',
  headers: [],
  sourceIp: '127.0.0.1',
  protocol: 'HTTP/1.1',
  receivedAt: new Date('2026-11-22T09:05:03.004Z'),
  ...parts,
  body: Buffer.from(parts.body ?? ''),
});

export const contextOf = (from: HttpRequest): Context => createContext(from, { apiId: 'api1234567', stage: 'v1', stack });
