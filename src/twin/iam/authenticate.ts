import type { CredentialStore, Credentials } from './credentials.ts';
import type { SignedRequest } from './sigv4.ts';
import { type Verification, verify } from './verify-sigv4.ts';

/** Reason why the signer of a request cannot be authenticated. */
export interface Unauthenticated {
  readonly reason: (Verification & { readonly ok: false })['reason'];
  /** AWS's message, if it is the same for all services. */
  readonly message: string;
}

/** Returns the credentials with which a request for a service was signed, or the reason why authentication fails. */
export const authenticate = (
  request: SignedRequest,
  {
    credentials,
    service,
    region,
  }: { readonly credentials: CredentialStore; readonly service: string; readonly region: string },
): Credentials | Unauthenticated => {
  const find = (accessKeyId: string): Credentials | undefined => credentials.find(accessKeyId);
  const verification = verify(request, { service, region, find, now: new Date(), maxSkewMs });
  if (!verification.ok) return verification;
  // The key cannot be revoked between the two look-ups, because both happen in one turn of the event loop.
  return find(verification.accessKeyId) ?? { reason: 'unknown-key', message: unknownKey };
};

/** Exceptions of AWS services, by reason. */
export const exceptions = {
  missing: 'MissingAuthenticationTokenException',
  incomplete: 'IncompleteSignatureException',
  'unknown-key': 'UnrecognizedClientException',
  'wrong-token': 'UnrecognizedClientException',
  'wrong-scope': 'InvalidSignatureException',
  expired: 'InvalidSignatureException',
  'not-signed': 'InvalidSignatureException',
  mismatch: 'InvalidSignatureException',
} as const satisfies Record<Unauthenticated['reason'], string>;

const unknownKey = 'The security token included in the request is invalid.';

/** "The signature must not be older than 5 minutes", a sentence from the error message of AWS services. */
const maxSkewMs = 5 * 60_000;
