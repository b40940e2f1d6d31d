// One file: most of it is AWS's test suite, whose requests the other tests change.
import { describe, expect, it } from 'vitest';
import {
  canonicalRequest,
  signature as computeSignature,
  type SignedRequest,
  stringToSign,
} from '../../../src/twin/iam/sigv4.ts';
import { type VerifyOptions, verify } from '../../../src/twin/iam/verify-sigv4.ts';

const now = new Date('2015-08-30T12:36:00Z');
const secretAccessKey = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
const options: VerifyOptions = {
  ...{ service: 'service', region: 'us-east-1', now, maxSkewMs: 15 * 60_000 },
  find: (accessKeyId) => (accessKeyId === 'AKIDEXAMPLE' ? { secretAccessKey } : undefined),
};
const scope = '20150830/us-east-1/service/aws4_request';
const token =
  'AQoDYXdzEPT//////////wEXAMPLEtc764bNrC9SAPBSM22wDOk4x4HIZ8j4FZTwdQWLWsKWHGBuFqwAeMicRXmxfpSPfIeoIYRqTflfKD8YUuwthAx7mSEI/qkPpKPi/kMcGdQrmGdeehM4IC1NtBmUpp2wUE8phUZampKsburEDy0KPkyQDYwT7WZ0wq5VSXDvp75YU9HFvlRd8Tx6q6fE8YQcHNVXAkiY9q6d+xo0rKwT38xVqr7ZD0u0iPPkUL64lIZbqBAz+scqKmlzm8FDrypNC9Yjc8fPOLn9FX9KSYvKTr4rvx3iSIlTJabIQwj2ICCR/oLxBA==';

/** Text as node:http hands it over, one character a byte. */
const wire = (text: string): string => Buffer.from(text).toString('latin1');

type Header = [name: string, value: string];
const vanilla: Header[] = [
  ['Host', 'example.amazonaws.com'],
  ['X-Amz-Date', '20150830T123600Z'],
];
const authorization = (signedHeaders: string, signature: string): Header => [
  'Authorization',
  `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/${scope}, SignedHeaders=${signedHeaders}, Signature=${signature}`,
];
const toRequest = (method: string, target: string, headers: Header[], body = ''): SignedRequest => {
  const [path = '', query = ''] = wire(target).split('?');
  return { method, path, query, headers, body: Buffer.from(body) };
};
const unreserved = '-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

// AWS's Signature Version 4 test suite: name, request, further headers, SignedHeaders, signature, body.
type Vector = [name: string, target: string, more: Header[], signedHeaders: string, signature: string, body?: string];
const usual = 'host;x-amz-date';
const withHeader1 = 'host;my-header1;x-amz-date';
const vectors: Vector[] = [
  ['get-vanilla', 'GET /', [], usual, '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31'],
  [
    'get-vanilla-empty-query-key',
    'GET /?Param1=value1',
    [],
    usual,
    'a67d582fa61cc504c4bae71f336f98b97f1ea3c7a6bfe1b6e45aec72011b9aeb',
  ],
  [
    'get-vanilla-query-order-key-case',
    'GET /?Param2=value2&Param1=value1',
    [],
    usual,
    'b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500',
  ],
  [
    'get-vanilla-query-unreserved',
    `GET /?${unreserved}=${unreserved}`,
    [],
    usual,
    '9c3e54bfcdf0b19771a7f523ee5669cdf59bc7cc0884027167c21bb143a40197',
  ],
  ['get-vanilla-utf8-query', 'GET /?ሴ=bar', [], usual, '2cdec8eed098649ff3a119c94853b13c643bcf08f8b0a1d91e12c9027818dd04'],
  ['get-unreserved', `GET /${unreserved}`, [], usual, '07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f'],
  ['get-utf8', 'GET /ሴ', [], usual, '8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85'],
  ...['/example/..', '/example1/example2/../..', '//', '/./'].map(
    (path): Vector => [
      `${path} is /`,
      `GET ${path}`,
      [],
      usual,
      '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31',
    ],
  ),
  [
    'get-header-key-duplicate',
    'GET /',
    [
      ['My-Header1', 'value2'],
      ['My-Header1', 'value2'],
      ['My-Header1', 'value1'],
    ],
    withHeader1,
    'c9d5ea9f3f72853aea855b47ea873832890dbdd183b4468f858259531a5138ea',
  ],
  [
    'get-header-value-order',
    'GET /',
    ['value4', 'value1', 'value3', 'value2'].map((value) => ['My-Header1', value]),
    withHeader1,
    '08c7e5a9acfcfeb3ab6b2185e75ce8b1deb5e634ec47601a50643f830c755c01',
  ],
  [
    'get-header-value-trim',
    'GET /',
    [
      ['My-Header1', ' value1'],
      ['My-Header2', ' "a   b   c"'],
    ],
    'host;my-header1;my-header2;x-amz-date',
    'acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736',
  ],
  ['post-vanilla', 'POST /', [], usual, '5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b'],
  [
    'post-vanilla-query',
    'POST /?Param1=value1',
    [],
    usual,
    '28038455d6de14eafc1f9222cf5aa6f1a96197d7deb8263271d420d138af7f11',
  ],
  [
    'post-header-value-case',
    'POST /',
    [['My-Header1', 'VALUE1']],
    withHeader1,
    'cdbc9802e29d2942e5e10b5bccfdd67c5f22c7c4e8ae67b53629efa58b974b7d',
  ],
  [
    'post-x-www-form-urlencoded',
    'POST /',
    [['Content-Type', 'application/x-www-form-urlencoded']],
    'content-type;host;x-amz-date',
    'ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a',
    'Param1=value1',
  ],
];

describe("AWS's test suite", () => {
  it.each(vectors)('%s', (_, line, more, signedHeaders, signature, body) => {
    const [method = '', target = ''] = line.split(' ');
    const request = toRequest(method, target, [...vanilla, ...more, authorization(signedHeaders, signature)], body);
    expect(verify(request, options)).toEqual({ ok: true, accessKeyId: 'AKIDEXAMPLE' });
  });

  it.each([
    ['post-sts-header-after', usual, '5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b'],
    [
      'post-sts-header-before',
      `${usual};x-amz-security-token`,
      '85d96828115b5dc0cfc3bd16ad9e210dd772bbebba041836c64533a82be05ead',
    ],
  ])('%s', (_, signedHeaders, signature) => {
    const headers: Header[] = [...vanilla, ['X-Amz-Security-Token', token], authorization(signedHeaders, signature)];
    const find = () => ({ secretAccessKey, sessionToken: token });
    expect(verify(toRequest('POST', '/', headers), { ...options, find })).toEqual({ ok: true, accessKeyId: 'AKIDEXAMPLE' });
  });
});

const signature = '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31';
const good = `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/${scope}, SignedHeaders=${usual}, Signature=${signature}`;
const rejected = (header: string | undefined, more: Partial<VerifyOptions> = {}, headers: Header[] = vanilla) =>
  verify(toRequest('GET', '/', header === undefined ? headers : [...headers, ['authorization', header]]), {
    ...options,
    ...more,
  });

describe('a request is rejected', () => {
  it.each<[string, string, string]>([
    [
      "'abc' not a valid key=value pair (missing equal-sign) in Authorization header: 'Bearer abc'.",
      'Bearer abc',
      'without key=value pairs',
    ],
    [
      "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter. Authorization=AWS4-HMAC-SHA256",
      'AWS4-HMAC-SHA256 a=b',
      'without its parameters',
    ],
    ["Unsupported AWS 'algorithm': 'AWS4-HMAC-SHA1'.", good.replace('SHA256', 'SHA1'), 'with another algorithm'],
    [
      "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got 'AKIDEXAMPLE'",
      good.replace(`/${scope}`, ''),
      'without a scope',
    ],
  ])('as incomplete: %s', (message, header) => {
    expect(rejected(header)).toEqual({ ok: false, reason: 'incomplete', message });
  });

  it('as incomplete without a date, or with one that is none', () => {
    const message =
      "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. Authorization=AWS4-HMAC-SHA256";
    expect(rejected(good, {}, vanilla.slice(0, 1))).toEqual({ ok: false, reason: 'incomplete', message });
    for (const date of ['2015-08-30T12:36:00Z', '20151330T123600Z', 'yesterday']) {
      const headers: Header[] = [...vanilla.slice(0, 1), ['X-Amz-Date', date]];
      expect(rejected(good, {}, headers)).toMatchObject({ reason: 'incomplete', message: expect.stringContaining(date) });
    }
  });

  it('as missing', () => {
    const missing = { ok: false, reason: 'missing', message: 'Request is missing Authentication Token' };
    expect(rejected(undefined)).toEqual(missing);
    expect(rejected(' ')).toEqual(missing);
  });

  it('if its host is not signed', () => {
    expect(rejected(good.replace('host;', ''))).toMatchObject({ ok: false, reason: 'not-signed' });
  });

  it('if its X-Amz-Date is not signed, although the string to sign has that date', () => {
    const signedHeaders = 'host';
    const toSign = stringToSign('20150830T123600Z', scope, canonicalRequest(toRequest('GET', '/', vanilla), signedHeaders));
    const header = authorization(signedHeaders, computeSignature(secretAccessKey, scope.split('/'), toSign));
    const message = "'x-amz-date' must be a 'SignedHeader' in the AWS Authorization.";
    expect(verify(toRequest('GET', '/', [...vanilla, header]), options)).toEqual({
      ok: false,
      reason: 'not-signed',
      message,
    });
    // Clients may send the date in Date, which nothing says must be signed.
    const dated: Header[] = [...vanilla.slice(0, 1), ['Date', 'Sun, 30 Aug 2015 12:36:00 GMT'], header];
    expect(verify(toRequest('GET', '/', dated), options)).toMatchObject({ ok: true });
  });

  it.each([
    ['2015-08-30T12:51:00Z', undefined],
    ['2015-08-30T12:21:00Z', undefined],
    [
      '2015-08-30T12:51:01Z',
      'Signature expired: 20150830T123600Z is now earlier than 20150830T123601Z (20150830T125101Z - 15 min.)',
    ],
    [
      '2015-08-30T12:20:59Z',
      'Signature not yet current: 20150830T123600Z is still later than 20150830T123559Z (20150830T122059Z + 15 min.)',
    ],
  ])('as expired at %s: %s', (time, message) => {
    const expected = message ? { ok: false, reason: 'expired', message } : { ok: true };
    expect(rejected(good, { now: new Date(time) })).toMatchObject(expected);
  });

  it.each([
    ["Credential should be scoped to a valid region, not 'eu-west-1'. ", 'us-east-1', 'eu-west-1'],
    ["Credential should be scoped to correct service: 'service'. ", '/service', '/s3'],
    ["Credential should be scoped with a valid terminator: 'aws4_request', not 'aws5_request'. ", '/aws4', '/aws5'],
    [
      "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20150831' != '20150830', from '20150830T123600Z'. ",
      '20150830/',
      '20150831/',
    ],
  ])('as wrongly scoped: %s', (message, from, to) => {
    expect(rejected(good.replace(from, to))).toEqual({ ok: false, reason: 'wrong-scope', message });
  });

  it('with a key that is not known, or a token that is not that of its key', () => {
    const message = 'The security token included in the request is invalid.';
    expect(rejected(good, { find: () => undefined })).toEqual({ ok: false, reason: 'unknown-key', message });
    const wrong = { ok: false, reason: 'wrong-token', message };
    expect(rejected(good, { find: () => ({ secretAccessKey, sessionToken: token }) })).toEqual(wrong);
    expect(rejected(good, {}, [...vanilla, ['X-Amz-Security-Token', token]])).toEqual(wrong);
  });

  it('if its signature is another one, in the words of AWS', () => {
    const canonicalRequest = `GET\n/\n\nhost:example.amazonaws.com\nx-amz-date:20150830T123600Z\n\n${usual}\ne3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855`;
    const stringToSign = `AWS4-HMAC-SHA256\n20150830T123600Z\n${scope}\nbb579772317eb040ac9ed261061d46c1f17a8133879d6129b6e1c25292927e63`;
    const message = `The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.\n\nThe Canonical String for this request should have been\n'${canonicalRequest}'\n\nThe String-to-Sign should have been\n'${stringToSign}'\n`;
    for (const wrong of ['0'.repeat(64), signature.slice(1), signature.toUpperCase(), 'x']) {
      const header = good.replace(signature, wrong);
      expect(rejected(header)).toEqual({ ok: false, reason: 'mismatch', message, canonicalRequest, stringToSign });
    }
  });

  it('if its signed headers are not in order, or one is not there', () => {
    expect(rejected(good.replace(usual, 'x-amz-date;host'))).toMatchObject({
      reason: 'mismatch',
      canonicalRequest: expect.stringMatching(/\nhost:.*\nx-amz-date:.*\n\nx-amz-date;host\n/),
    });
    expect(rejected(good.replace(usual, 'connection;host;x-amz-date'))).toMatchObject({
      reason: 'mismatch',
      canonicalRequest: expect.stringContaining('\nconnection:\nhost:example'),
    });
  });
});

it('reads the date from Date, too, in the form of HTTP', () => {
  const date = 'Sun, 30 Aug 2015 12:36:00 GMT';
  const header = good.replace(usual, 'date;host');
  const headers: Header[] = [
    ['Host', 'example.amazonaws.com'],
    ['Date', date],
  ];
  const result = rejected(header, {}, headers);
  expect(result).toMatchObject({ reason: 'mismatch', stringToSign: expect.stringContaining('\n20150830T123600Z\n') });
});

it.each([
  ['/a%20b/%2F', '', '/a%2520b/%252F', ''],
  ['/a+b//c/', 'b=2&a=1&b=1&c', '/a%2Bb/c/', 'a=1&b=1&b=2&c='],
  ['/', 'x=%0a+%zz~*&y=a=b', '/', 'x=%0A%20%25zz~%2A&y=a%3Db'],
])('has %s?%s in canonical form', (path, query, canonicalUri, canonicalQueryString) => {
  const request = { method: 'GET', path, query, headers: [], body: new Uint8Array() };
  expect(canonicalRequest(request, 'host').split('\n').slice(1, 3)).toEqual([canonicalUri, canonicalQueryString]);
});
