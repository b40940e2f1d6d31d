import { type KeyObject, verify } from 'node:crypto';
import { isObject, type JsonObject } from '../../../cloudformation/json.ts';

/** A JSON Web Token (RFC 7519) in the compact form of a JSON Web Signature (RFC 7515). */
export interface Jwt {
  readonly header: JsonObject;
  readonly claims: JsonObject;
  /** Input of the signature. */
  readonly signingInput: string;
  readonly signature: Buffer;
}

/** Reads a token without believing it; undefined if it is none. */
export const parseJwt = (token: string): Jwt | undefined => {
  const [, header, claims, signature] = /^([\w-]+)\.([\w-]+)\.([\w-]+)$/.exec(token) ?? [];
  if (header === undefined || claims === undefined || signature === undefined) {
    return undefined;
  }
  const parts = [header, claims].map(parsePart);
  const [headerObject, claimsObject] = parts;
  return headerObject && claimsObject
    ? {
        header: headerObject,
        claims: claimsObject,
        signingInput: `${header}.${claims}`,
        signature: Buffer.from(signature, 'base64url'),
      }
    : undefined;
};

/** Checks whether the holder of a key signed a token with RS256. It is the one algorithm of Cognito, so that no other counts. */
export const isSignedBy = ({ header, signingInput, signature }: Jwt, key: KeyObject): boolean =>
  header.alg === 'RS256' && verify('RSA-SHA256', Buffer.from(signingInput), key, signature);

const parsePart = (part: string): JsonObject | undefined => {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
};
