// Signs requests to DynamoDB with AWS Signature Version 4.
import { type BinaryLike, createHash, createHmac, createSecretKey, type KeyObject } from 'node:crypto';

/** A request to DynamoDB, and the credentials that sign it. */
export interface Signing {
  readonly host: string;
  readonly target: string;
  readonly body: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
  /** Time of signing. */
  readonly date: Date;
}

/** SHA-256 in lower-case hexadecimal digits. */
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The headers of `POST /` to DynamoDB, signed by AWS Signature Version 4. */
export const signedHeaders = (request: Signing): Record<string, string> => {
  const amzDate = request.date.toISOString().replace(/[-:]|\.\d{3}/g, '');
  const headers: Record<string, string> = {
    'content-type': 'application/x-amz-json-1.0',
    host: request.host,
    'x-amz-date': amzDate,
    ...(request.sessionToken && { 'x-amz-security-token': request.sessionToken }),
    'x-amz-target': request.target,
  };
  // The names above are in alphabetical order, as the canonical request requires.
  const names = Object.keys(headers).join(';');
  const canonicalHeaders = Object.entries(headers).map(([name, value]) => `${name}:${value}\n`);
  const canonicalRequest = `POST\n/\n\n${canonicalHeaders.join('')}\n${names}\n${sha256(request.body)}`;
  const scope = `${amzDate.slice(0, 8)}/${request.region}/dynamodb/aws4_request`;
  const stringToSign = `AWS4-HMAC-SHA256\n${amzDate}\n${scope}\n${sha256(canonicalRequest)}`;
  const signature = hmac(signingKey(request.secretAccessKey, scope), stringToSign).toString('hex');
  const credential = `${request.accessKeyId}/${scope}`;
  const parts = [`Credential=${credential}`, `SignedHeaders=${names}`, `Signature=${signature}`];
  headers.authorization = `AWS4-HMAC-SHA256 ${parts.join(', ')}`;
  return headers;
};

const hmac = (key: BinaryLike | KeyObject, text: string): Buffer =>
  createHmac('sha256', key).update(text).digest();

let keptFor = '';
let kept: KeyObject;

/**
 * Kept for the next request, as it lasts a day and takes four of the five HMACs. With a Buffer for a key
 * these take longer.
 */
const signingKey = (secret: string, scope: string): KeyObject => {
  if (keptFor !== secret + scope) {
    keptFor = secret + scope;
    kept = createSecretKey(scope.split('/').reduce<BinaryLike>(hmac, `AWS4${secret}`) as Buffer);
  }
  return kept;
};
