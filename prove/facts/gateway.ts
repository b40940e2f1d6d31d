import type { Fact } from './fact.ts';
import { byRequest } from './request.ts';

const unsigned = '403, missing-authentication-token, MissingAuthenticationTokenException';

/** Facts about what API Gateway does before it reads a body: routes, signatures, limits of URL and headers. */
export const gatewayFacts: readonly Fact[] = [
  byRequest({
    name: 'no signature',
    statement: 'A request without a signature gets the gateway response MISSING_AUTHENTICATION_TOKEN.',
    source: 'src/twin/gateway/authorization/verify-iam.ts',
    request: '`GET /items`, unsigned',
    sent: { path: '/items', signed: 'no' },
    expected: unsigned,
  }),
  byRequest({
    name: 'unknown path',
    statement: 'A path that does not exist gets MISSING_AUTHENTICATION_TOKEN as well.',
    source: 'src/contract/problems.ts',
    request: '`GET /nowhere`, unsigned',
    sent: { path: '/nowhere', signed: 'no' },
    expected: unsigned,
  }),
  byRequest({
    name: 'HEAD',
    statement: 'A verb without a method is 403. GET does not include HEAD.',
    source: 'src/twin/gateway/route.ts',
    sent: { method: 'HEAD', path: '/items' },
    expected: '403, MissingAuthenticationTokenException',
  }),
  byRequest({
    name: 'wrong signature',
    statement: 'A wrong signature gets INVALID_SIGNATURE.',
    source: 'src/twin/gateway/failure.ts',
    request: '`GET /items` with other last digits of the signature',
    sent: { path: '/items', signed: 'wrong' },
    expected: '403, invalid-signature, InvalidSignatureException',
  }),
  byRequest({
    name: 'old signature',
    statement: 'A signature of more than five minutes ago gets INVALID_SIGNATURE.',
    source: 'src/twin/gateway/authorization/verify-iam.ts',
    request: '`GET /items`, signed as ten minutes ago',
    sent: { path: '/items', signed: 'late' },
    expected: '403, invalid-signature, InvalidSignatureException',
  }),
  byRequest({
    name: 'token in place of a signature',
    statement: 'An Authorization header without a signature gets INVALID_SIGNATURE with an error type of its own.',
    source: 'src/twin/gateway/authorization/verify-iam.ts',
    request: '`GET /items` with `Authorization: Bearer abc`',
    sent: { path: '/items', signed: 'no', headers: { authorization: 'Bearer abc' } },
    expected: '403, invalid-signature, IncompleteSignatureException',
  }),
  byRequest({
    name: 'percent-encoded slash',
    statement: 'A %2F does not divide segments: it gets to the function, percent-encoded.',
    source: 'src/twin/gateway/route.ts',
    sent: { path: '/items/a%2Fb' },
    expected: '404, item-not-found',
  }),
  byRequest({
    name: 'slash at the end',
    statement: 'Routing ignores a slash at the end; the function sees it and rejects the path.',
    source: 'src/twin/gateway/route.ts',
    sent: { path: '/items/' },
    expected: '404, path-not-found',
  }),
  byRequest({
    name: 'two slashes after the stage',
    statement: 'Routing takes slashes between stage and path as one; the function sees them and rejects the path.',
    source: 'src/twin/gateway/http.ts',
    sent: { path: '//items' },
    expected: '404, path-not-found',
  }),
  byRequest({
    name: 'long URL',
    statement: 'A URL of more than 10,240 characters gets plain text, without a gateway response.',
    source: 'src/twin/gateway/limits.ts',
    request: '`GET /items?a=…` with 10,300 characters',
    sent: { path: `/items?a=${'a'.repeat(10_300)}`, signed: 'no' },
    expected: '414, text; charset=utf-8: Request URI too long',
  }),
  byRequest({
    name: 'large header',
    statement: 'More than 10,240 bytes of headers get plain text, without a gateway response.',
    source: 'src/twin/gateway/limits.ts',
    request: '`GET /items` with a header of 10,300 bytes',
    sent: { path: '/items', signed: 'no', headers: { 'x-large': 'a'.repeat(10_300) } },
    expected: '431, text; charset=utf-8: HTTP header is larger than 10240 bytes.',
  }),
  byRequest({
    name: 'headers of a response',
    statement: 'Responses have two request ids and the trace id, under these names.',
    source: 'docs/operations.md',
    sent: { path: '/items?limit=1' },
    part: ({ names }) =>
      names
        .filter((name) => /^x-am/i.test(name))
        .sort()
        .join(', '),
    expected: 'X-Amzn-Trace-Id, x-amz-apigw-id, x-amzn-RequestId',
  }),
  byRequest({
    name: 'request id of a client',
    statement: 'A client can choose the request id with the header x-amzn-RequestId, if it is a UUID.',
    source: 'src/twin/gateway/context.ts',
    request: '`GET /items/missing` with `x-amzn-RequestId`',
    sent: { path: '/items/missing', headers: { 'x-amzn-requestid': '11111111-2222-4333-8444-555555555555' } },
    part: ({ text }) => (text.includes('11111111-2222-4333-8444-555555555555') ? 'the id of the client' : 'another id'),
    expected: 'the id of the client',
  }),
];
