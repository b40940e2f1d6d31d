import { timingSafeEqual } from 'node:crypto';
import { algorithmName, canonicalRequest, headerValues, type SignedRequest, signature, stringToSign } from './sigv4.ts';

/** Requirements of a valid signature: its scope, its credentials and its time. */
export interface VerifyOptions {
  readonly service: string;
  readonly region: string;
  readonly find: (accessKeyId: string) => SigningCredentials | undefined;
  readonly now: Date;
  readonly maxSkewMs: number;
}

export interface SigningCredentials {
  readonly secretAccessKey: string;
  /** Set for temporary credentials, which are valid only with it. */
  readonly sessionToken?: string;
}

/** Result of a verification. `message` is AWS's message, if it is the same for all services. */
export type Verification =
  | { readonly ok: true; readonly accessKeyId: string }
  | {
      readonly ok: false;
      readonly reason: 'missing' | 'incomplete' | 'unknown-key' | 'wrong-token' | 'wrong-scope' | 'expired' | 'not-signed';
      readonly message: string;
    }
  | {
      readonly ok: false;
      readonly reason: 'mismatch';
      readonly message: string;
      readonly canonicalRequest: string;
      readonly stringToSign: string;
    };

/**
 * Verifies the Signature Version 4 in the Authorization header of a request. Signatures in the query (presigned URLs) are not
 * supported and count as missing. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export const verify = (request: SignedRequest, options: VerifyOptions): Verification => {
  const header = (name: string): string | undefined => headerValues(request, name)[0];
  const authorization = header('authorization')?.trim();
  if (!authorization) return invalid('missing', 'Request is missing Authentication Token');
  const [algorithm = '', ...pairs] = authorization.split(/[\s,]+/).filter((text) => text !== '');
  const broken = pairs.find((pair) => !pair.includes('='));
  if (broken !== undefined) {
    const place = `in Authorization header: '${authorization}'.`;
    return invalid('incomplete', `'${broken}' not a valid key=value pair (missing equal-sign) ${place}`);
  }
  const parameters = new Map(pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]));
  const parameter = (name: string): string => parameters.get(name) ?? '';
  const date = header('x-amz-date') ?? header('date');
  const lacking = ['Credential', 'Signature', 'SignedHeaders']
    .filter((name) => !parameters.get(name))
    .map((name) => `Authorization header requires '${name}' parameter. `);
  if (date === undefined)
    lacking.push("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ");
  if (lacking.length > 0) return invalid('incomplete', `${lacking.join('')}Authorization=${algorithm}`);
  if (algorithm !== algorithmName) return invalid('incomplete', `Unsupported AWS 'algorithm': '${algorithm}'.`);
  const signedHeaders = parameter('SignedHeaders');
  const unsigned = unsignedHeader(signedHeaders.split(';'), header('x-amz-date') !== undefined);
  if (unsigned !== undefined) return invalid('not-signed', `${unsigned} must be a 'SignedHeader' in the AWS Authorization.`);
  const signedAt = readDate(date ?? '');
  if (!signedAt) {
    const form = "Date must be in ISO-8601 'basic format'.";
    return invalid('incomplete', `${form} Got '${date}'. See http://en.wikipedia.org/wiki/ISO_8601`);
  }
  const credential = parameter('Credential').split('/');
  const [accessKeyId = '', ...scope] = credential;
  if (credential.length !== 5) {
    const form = 'Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term';
    return invalid('incomplete', `${form}, got '${parameter('Credential')}'`);
  }
  const amzDate = basicFormat(signedAt);
  const faults = stale(signedAt, options) ?? misplaced(scope, amzDate, options);
  if (faults) return faults;
  const credentials = options.find(accessKeyId);
  if (!credentials) return invalid('unknown-key', invalidToken);
  if (!equal(header('x-amz-security-token') ?? '', credentials.sessionToken ?? ''))
    return invalid('wrong-token', invalidToken);

  const canonical = canonicalRequest(request, signedHeaders);
  const toSign = stringToSign(amzDate, scope.join('/'), canonical);
  if (equal(parameter('Signature'), signature(credentials.secretAccessKey, scope, toSign))) return { ok: true, accessKeyId };
  const parts = `The Canonical String for this request should have been\n'${canonical}'\n\nThe String-to-Sign should have been\n'${toSign}'\n`;
  return {
    ok: false,
    reason: 'mismatch',
    message: `${doesNotMatch}\n\n${parts}`,
    canonicalRequest: canonical,
    stringToSign: toSign,
  };
};

/**
 * Returns a header that must be signed and is not, with its name in AWS's message. AWS documents that `host` and all `x-amz-*`
 * headers in the request must be signed. Of the latter, the twin requires only the date: some clients add X-Amz-Security-Token
 * after signing (`curl --aws-sigv4`), and CloudFront adds X-Amz-Cf-Id.
 */
const unsignedHeader = (signed: readonly string[], hasAmzDate: boolean): string | undefined => {
  if (!signed.includes('host')) return "'Host' or ':authority'";
  return hasAmzDate && !signed.includes('x-amz-date') ? "'x-amz-date'" : undefined;
};

/** Parses `20150830T123600Z` or an HTTP date, which clients may send in `Date`. */
const readDate = (text: string): Date | undefined => {
  const basic = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text.trim());
  const [, year, month, day, hours, minutes, seconds] = basic ?? [];
  if (!basic && !/^[A-Z][a-z]{2}, .* GMT$/.test(text.trim())) return undefined;
  const date = new Date(basic ? `${year}-${month}-${day}T${hours}:${minutes}:${seconds}Z` : text);
  return Number.isNaN(date.getTime()) ? undefined : date;
};

const basicFormat = (date: Date): string => date.toISOString().replace(/[-:]|\.\d{3}/g, '');

const stale = (signedAt: Date, { now, maxSkewMs }: VerifyOptions): Verification | undefined => {
  const skew = signedAt.getTime() - now.getTime();
  if (Math.abs(skew) <= maxSkewMs) return undefined;
  const [problem, sign] =
    skew < 0 ? ['Signature expired: % is now earlier than', '-'] : ['Signature not yet current: % is still later than', '+'];
  const bound = new Date(now.getTime() + Math.sign(skew) * maxSkewMs);
  const sum = `${basicFormat(bound)} (${basicFormat(now)} ${sign} ${maxSkewMs / 60_000} min.)`;
  return invalid('expired', `${problem.replace('%', basicFormat(signedAt))} ${sum}`);
};

const misplaced = (scope: readonly string[], amzDate: string, options: VerifyOptions): Verification | undefined => {
  const [date, region, service, terminator] = scope;
  const day = amzDate.slice(0, 8);
  const faults = [
    region !== options.region && `Credential should be scoped to a valid region, not '${region}'. `,
    service !== options.service && `Credential should be scoped to correct service: '${options.service}'. `,
    terminator !== 'aws4_request' &&
      `Credential should be scoped with a valid terminator: 'aws4_request', not '${terminator}'. `,
    date !== day &&
      `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${date}' != '${day}', from '${amzDate}'. `,
  ].filter((fault) => fault !== false);
  return faults.length === 0 ? undefined : invalid('wrong-scope', faults.join(''));
};

const invalid = (reason: Exclude<(Verification & { ok: false })['reason'], 'mismatch'>, message: string): Verification => ({
  ok: false,
  reason,
  message,
});

/** Compares in a time that does not depend on the position of a difference. The length of signatures and tokens is not secret. */
const equal = (a: string, b: string): boolean => {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
};

const invalidToken = 'The security token included in the request is invalid.';
const doesNotMatch =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.';
