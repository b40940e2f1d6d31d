import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SignedRequest } from '../../../src/twin/iam/sigv4.ts';
import { type VerifyOptions, verify } from '../../../src/twin/iam/verify-sigv4.ts';

const text = fc.string({ unit: 'grapheme', maxLength: 8 });
const printable = fc.stringMatching(/^[ -~]{0,12}$/);
const alphanumeric = fc.stringMatching(/^[A-Za-z0-9]{1,20}$/);
const encode = (value: string): string =>
  encodeURIComponent(value).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

const requests = fc.record({
  method: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'OPTIONS'),
  path: fc
    .array(fc.oneof(text, fc.constantFrom('.', '..', '')), { maxLength: 4 })
    .map((segments) => `/${segments.map(encode).join('/')}`),
  query: fc.dictionary(text, fc.oneof(text, fc.array(text, { minLength: 1, maxLength: 3 })), {
    maxKeys: 4,
    noNullPrototype: true,
  }),
  headers: fc.dictionary(fc.stringMatching(/^x-[a-z]{3,6}$/), printable, { maxKeys: 3, noNullPrototype: true }),
  body: fc.uint8Array({ maxLength: 40 }),
  payload: fc.constantFrom('body', 'declared'),
  service: fc.constantFrom('execute-api', 'dynamodb'),
  region: fc.constantFrom('eu-central-1', 'us-gov-west-1'),
  accessKeyId: alphanumeric,
  secretAccessKey: printable,
  sessionToken: fc.option(fc.stringMatching(/^[A-Za-z0-9+/=]{1,40}$/), { nil: undefined }),
  signedAt: fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true }),
  skew: fc.integer({ min: -299_000, max: 299_000 }),
});
type Drawn = typeof requests extends fc.Arbitrary<infer Value> ? Value : never;

const sign = async (drawn: Drawn): Promise<{ request: SignedRequest; options: VerifyOptions }> => {
  const { service, region, accessKeyId, secretAccessKey, sessionToken, method, path, query, body } = drawn;
  const credentials = { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) };
  const applyChecksum = drawn.payload === 'declared';
  const signer = new SignatureV4({ service, region, credentials, sha256: Sha256, applyChecksum });
  const headers: Record<string, string> = { host: '127.0.0.1:3000', ...drawn.headers };
  const unsigned = { method, protocol: 'http:', hostname: '127.0.0.1', path, query, headers, body };
  const signed = await signer.sign(unsigned, { signingDate: drawn.signedAt });
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    [value].flat().map((one) => `${encode(name)}=${encode(one)}`),
  );
  const find = (id: string) => (id === accessKeyId ? { secretAccessKey, ...(sessionToken && { sessionToken }) } : undefined);
  return {
    request: { method, path, query: pairs.join('&'), headers: Object.entries(signed.headers), body },
    options: { service, region, find, now: new Date(drawn.signedAt.getTime() + drawn.skew), maxSkewMs: 300_000 },
  };
};

/** Changes one byte to a letter or digit that is not the other case of it: `%2f` means what `%2F` means. */
const change = (value: string, at: number, by: string): string => {
  const index = at % value.length;
  const isSame = value[index]?.toLowerCase() === by.toLowerCase();
  const other = isSame ? (by.toLowerCase() === 'q' ? '7' : 'q') : by;
  return value.slice(0, index) + other + value.slice(index + 1);
};

describe('what an independent signer signs', () => {
  it('verifies', async () => {
    await fc.assert(
      fc.asyncProperty(requests, async (drawn) => {
        const signed = await sign(drawn);
        expect(verify(signed.request, signed.options)).toEqual({ ok: true, accessKeyId: drawn.accessKeyId });
      }),
    );
  });

  it('does not verify with one byte changed', async () => {
    const parts = fc.constantFrom('method', 'path', 'query', 'body', 'header', 'secret');
    const letters = fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz0123456789');
    const drawnChange = fc.record({ part: parts, which: fc.nat(), at: fc.nat(), by: letters });
    await fc.assert(
      fc.asyncProperty(requests, drawnChange, async (drawn, { part, which, at, by }) => {
        const { request, options } = await sign(drawn);
        const changed = { ...request, headers: [...request.headers] };
        let find = options.find;
        if (part === 'method') changed.method = change(request.method, at, by.toUpperCase());
        else if (part === 'path') {
          fc.pre(request.path.length > 1);
          changed.path = request.path[0] + change(request.path.slice(1), at, by);
          // What `..` takes away again does not count.
          fc.pre(!request.path.split('/').includes('..'));
        } else if (part === 'query') {
          fc.pre(request.query.length > 0);
          changed.query = change(request.query, at, by);
        } else if (part === 'body') {
          fc.pre(request.body.length > 0);
          changed.body = request.body.with(at % request.body.length, (request.body[at % request.body.length] ?? 0) ^ 1);
        } else if (part === 'header') {
          const [name, value] = request.headers[which % request.headers.length] ?? ['', ''];
          // White space at the ends and next to other white space does not count.
          fc.pre(value.trim().length > 0 && !value.includes('  ') && value === value.trim());
          changed.headers[which % request.headers.length] = [name, change(value, at, by)];
        } else {
          fc.pre(drawn.secretAccessKey.length > 0);
          find = () => ({ ...options.find(drawn.accessKeyId), secretAccessKey: change(drawn.secretAccessKey, at, by) });
        }
        expect(verify(changed, { ...options, find }).ok).toBe(false);
      }),
    );
  });
});

it('takes no signature of an unsigned payload, which is for S3 only', async () => {
  const { request, options } = await sign(fc.sample(requests, { numRuns: 1, seed: 1 })[0] as Drawn);
  expect(verify(request, options).ok).toBe(true);
  const credentials = { accessKeyId: 'AKIA', secretAccessKey: 's' };
  const signer = new SignatureV4({ service: 'execute-api', region: 'eu-central-1', credentials, sha256: Sha256 });
  const headers = { host: '127.0.0.1', 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' };
  const signed = await signer.sign({
    method: 'POST',
    protocol: 'http:',
    hostname: '127.0.0.1',
    path: '/',
    query: {},
    headers,
    body: 'a',
  });
  const unsigned: SignedRequest = {
    method: 'POST',
    path: '/',
    query: '',
    headers: Object.entries(signed.headers),
    body: Buffer.from('b'),
  };
  const find = () => ({ secretAccessKey: 's' });
  const when = { service: 'execute-api', region: 'eu-central-1', find, now: new Date(), maxSkewMs: 300_000 };
  expect(verify(unsigned, when)).toMatchObject({ ok: false, reason: 'mismatch' });
});
