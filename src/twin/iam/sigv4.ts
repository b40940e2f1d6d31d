/* AWS Signature Version 4 of a request, step by step: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html */
import { createHmac, createSecretKey, hash, type KeyObject } from 'node:crypto';

/** A request as read from the socket. As in node:http, each character of `path`, `query` and headers is one byte. */
export interface SignedRequest {
  readonly method: string;
  /** Path as sent, percent-encoding kept, without the query. */
  readonly path: string;
  /** Query string after the `?`, not decoded; empty without one. */
  readonly query: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array;
}

export const algorithmName = 'AWS4-HMAC-SHA256';

/**
 * Step 1: returns the canonical request. `signedHeaders` is used as sent; it must be sorted and in lower case for signatures to
 * match. The payload hash is always that of the body, even if `x-amz-content-sha256` is UNSIGNED-PAYLOAD, which only S3 supports:
 * API Gateway rejects such a signature as a mismatch (https://github.com/aws/aws-sdk-js-v3/issues/308).
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

/**
 * Steps 2 and 3: returns the string to sign. `amzDate` is in ISO 8601 basic format; `credentialScope` is
 * date/region/service/aws4_request.
 */
export const stringToSign = (amzDate: string, credentialScope: string, canonical: string): string =>
  [algorithmName, amzDate, credentialScope, sha256(Buffer.from(canonical, 'latin1'))].join('\n');

/** Step 4: returns the signature in lower-case hexadecimal digits. */
export const signature = (secretAccessKey: string, scope: readonly string[], toSign: string): string =>
  hmac(signingKey(secretAccessKey, scope), toSign).toString('hex');

/** Returns the values of a header, in order. For a missing signed header the list is empty; AWS uses an empty value for it. */
export const headerValues = ({ headers }: Pick<SignedRequest, 'headers'>, name: string): string[] =>
  headers.filter(([key]) => key.toLowerCase() === name).map(([, value]) => value);

/**
 * Derives the signing key, with a cache: the derivation is four of the five hashes of a signature and changes only once a day.
 */
const signingKey = (secretAccessKey: string, scope: readonly string[]): KeyObject => {
  // The four parts of a scope contain no slash, so cache keys are unique.
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

/**
 * Returns the canonical URI for every service except S3: without redundant and relative segments, each segment encoded a second
 * time.
 */
const canonicalUri = (path: string): string => {
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(uriEncode(Buffer.from(segment, 'latin1')));
  }
  return segments.length === 0 ? '/' : `/${segments.join('/')}${path.endsWith('/') ? '/' : ''}`;
};

/**
 * Returns the canonical query string: decoded and encoded again, because clients may not encode all characters; sorted by name,
 * then by value.
 */
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

/** Decodes bytes, because the text need not be UTF-8. `+` is a space, as in API Gateway. */
const percentDecode = (text: string): Buffer =>
  Buffer.from(
    text.replaceAll('+', ' ').replace(/%([\da-f]{2})/gi, (_, digits: string) => String.fromCharCode(parseInt(digits, 16))),
    'latin1',
  );

/** Implements UriEncode of the specification: encodes all but the unreserved characters, with upper-case hexadecimal digits. */
const uriEncode = (bytes: Buffer): string =>
  Array.from(bytes, (byte) => {
    const character = String.fromCharCode(byte);
    return /[\w.~-]/.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }).join('');

const trimAll = (value: string): string =>
  /\t| {2}|^ | $/.test(value) ? value.replace(/[ \t]+/g, ' ').replace(/^ | $/g, '') : value;

const sha256 = (bytes: Uint8Array): string => hash('sha256', bytes);
const hmac = (key: Buffer | KeyObject, text: string): Buffer => createHmac('sha256', key).update(text, 'latin1').digest();
