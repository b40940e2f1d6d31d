/* AWS Signature Version 4 of a request, step by step: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html */
import { createHmac, createSecretKey, hash, type KeyObject } from 'node:crypto';

/** A request as it came from the socket. As in node:http, a character of `path`, `query` and headers stands for one byte. */
export interface SignedRequest {
  readonly method: string;
  /** As on the wire, percent-encoding kept, without the query. */
  readonly path: string;
  /** Query string after the `?`, undecoded; empty without one. */
  readonly query: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array;
}

export const algorithmName = 'AWS4-HMAC-SHA256';

/**
 * Step 1. `signedHeaders` is taken as it was sent; it must be sorted and in lower case for signatures to match. The hash is that of the
 * body, also where `x-amz-content-sha256` says UNSIGNED-PAYLOAD, which is S3's: API Gateway calls such a signature a mismatch
 * (https://github.com/aws/aws-sdk-js-v3/issues/308).
 */
export const canonicalRequest = (request: SignedRequest, signedHeaders: string): string => {
  const canonicalHeaders = signedHeaders
    .split(';')
    .sort()
    .map((name) => `${name}:${headerValues(request, name).map(trimAll).join(',')}\n`);
  return [
    request.method,
    canonicalUri(request.path),
    canonicalQueryString(request.query),
    canonicalHeaders.join(''),
    signedHeaders,
    sha256(request.body),
  ].join('\n');
};

/** Steps 2 and 3. `amzDate` is in ISO 8601's basic format, `credentialScope` is date/region/service/aws4_request. */
export const stringToSign = (amzDate: string, credentialScope: string, canonical: string): string =>
  [algorithmName, amzDate, credentialScope, sha256(Buffer.from(canonical, 'latin1'))].join('\n');

/** Step 4, in lower-case hexadecimal digits. */
export const signature = (secretAccessKey: string, scope: readonly string[], toSign: string): string =>
  hmac(signingKey(secretAccessKey, scope), toSign).toString('hex');

/** The values of a header, in order. A signed header that is not there has an empty value on AWS, as `map` leaves it. */
export const headerValues = ({ headers }: Pick<SignedRequest, 'headers'>, name: string): string[] =>
  headers.filter(([key]) => key.toLowerCase() === name).map(([, value]) => value);

/** Derived once: four of the five hashes of a signature, which change from day to day only. */
const signingKey = (secretAccessKey: string, scope: readonly string[]): KeyObject => {
  // The four parts of a scope have no slash: no two keys are called the same.
  const name = `${secretAccessKey}/${scope.join('/')}`;
  const known = signingKeys.get(name);
  if (known) return known;
  const key = createSecretKey(scope.reduce<Buffer>(hmac, Buffer.from(`AWS4${secretAccessKey}`)));
  if (signingKeys.size >= maxSigningKeys) signingKeys.clear();
  signingKeys.set(name, key);
  return key;
};

const signingKeys = new Map<string, KeyObject>();
const maxSigningKeys = 1000;

/** For every service but S3: without redundant and relative segments, then each segment encoded once more than on the wire. */
const canonicalUri = (path: string): string => {
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(uriEncode(Buffer.from(segment, 'latin1')));
  }
  return segments.length === 0 ? '/' : `/${segments.join('/')}${path.endsWith('/') ? '/' : ''}`;
};

/** Decoded and encoded again, since clients may have left characters as they are; sorted by name, then by value. */
const canonicalQueryString = (query: string): string =>
  query
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const equals = pair.indexOf('=');
      return (equals === -1 ? [pair, ''] : [pair.slice(0, equals), pair.slice(equals + 1)]).map((text) =>
        uriEncode(percentDecode(text)),
      );
    })
    .sort(([a = '', x = ''], [b = '', y = '']) => compare(a, b) || compare(x, y))
    .map((pair) => pair.join('='))
    .join('&');

const compare = (a: string, b: string): number => Number(a > b) - Number(a < b);

/** Byte by byte: what is encoded need not be UTF-8. `+` is a space, as for API Gateway. */
const percentDecode = (text: string): Buffer =>
  Buffer.from(
    text.replaceAll('+', ' ').replace(/%([\da-f]{2})/gi, (_, digits: string) => String.fromCharCode(parseInt(digits, 16))),
    'latin1',
  );

/** UriEncode of the specification: everything but the unreserved characters, in upper-case hexadecimal digits. */
const uriEncode = (bytes: Buffer): string =>
  Array.from(bytes, (byte) => {
    const character = String.fromCharCode(byte);
    return /[\w.~-]/.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }).join('');

const trimAll = (value: string): string =>
  /\t| {2}|^ | $/.test(value) ? value.replace(/[ \t]+/g, ' ').replace(/^ | $/g, '') : value;

const sha256 = (bytes: Uint8Array): string => hash('sha256', bytes);
const hmac = (key: Buffer | KeyObject, text: string): Buffer => createHmac('sha256', key).update(text, 'latin1').digest();
