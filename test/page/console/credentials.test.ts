import { expect, it } from 'vitest';
import { shownHeader } from '../../../src/page/console/credentials.ts';

it.each([
  ['x-api-key', 'abcdef', '••••••••'],
  ['Cookie', 'session=abcdef', '••••••••'],
  ['Set-Cookie', 'session=abcdef', '••••••••'],
  ['X-Amz-Security-Token', 'abcdef', '••••••••'],
  ['Authorization', 'abcdef', '••••••••'],
  ['authorization', 'Bearer abcdef', 'Bearer ••••••••'],
  [
    'Authorization',
    'AWS4-HMAC-SHA256 Credential=AKIA/20261129/us-east-1/execute-api/aws4_request, SignedHeaders=host, Signature=abcdef',
    'AWS4-HMAC-SHA256 Credential=AKIA/20261129/us-east-1/execute-api/aws4_request, SignedHeaders=host, Signature=••••••••',
  ],
])('masks %s: %s', (name, value, shown) => {
  expect(shownHeader([name, value])).toEqual({ name, value: shown, isMasked: true });
});

it.each([
  ['If-Match', '"a"'],
  ['Idempotency-Key', 'a'],
  ['X-Amz-Date', '20261129T120000Z'],
  ['Content-Type', 'application/json'],
])('shows %s', (name, value) => {
  expect(shownHeader([name, value])).toEqual({ name, value });
});
