import { describe, expect, it } from 'vitest';
import { commonLogTime, loggedRequestId } from '../../../src/twin/gateway/context.ts';
import { contextOf, request } from './support.ts';

describe('createContext', () => {
  it('makes ids anew for each request', () => {
    const [one, other] = [contextOf(request()), contextOf(request())];
    expect(one.requestId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(one.extendedRequestId).toMatch(/^[A-Za-z0-9+/]{15}=$/);
    expect(one.requestId).not.toBe(other.requestId);
    expect(one.extendedRequestId).not.toBe(other.extendedRequestId);
  });

  it('takes the request id that a client has chosen, if it is a UUID, and no extended one', () => {
    const chosen = 'A0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11';
    const headers = [
      ['X-AMZN-RequestId', chosen],
      ['x-amz-apigw-id', 'chosen'],
    ] as const;
    const from = request({ headers });
    const context = contextOf(from);
    expect(context.requestId).toBe(chosen);
    expect(context.extendedRequestId).not.toBe('chosen');
    expect(loggedRequestId(from, context)).toBe(chosen);
  });

  it.each(['', 'mine', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11x', '{a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11}'])(
    'replaces another request id, and the access log says so: %j',
    (chosen) => {
      const from = request({ headers: [['x-amzn-requestid', chosen]] });
      const context = contextOf(from);
      expect(context.requestId).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
      expect(loggedRequestId(from, context)).toBe(`${context.requestId}_REPLACED_INVALID_REQUEST_ID`);
    },
  );

  it('has the path with its stage, and the user agent', () => {
    expect(contextOf(request({ headers: [['user-agent', 'curl/8']] }))).toMatchObject({
      path: '/v1/items',
      identity: { userAgent: 'curl/8' },
    });
  });
});

describe('commonLogTime', () => {
  it('is in UTC, with English months', () => {
    expect(commonLogTime(new Date('2026-01-02T03:04:05.678Z'))).toBe('02/Jan/2026:03:04:05 +0000');
    expect(commonLogTime(new Date('2026-12-31T23:59:59+02:00'))).toBe('31/Dec/2026:21:59:59 +0000');
  });
});
