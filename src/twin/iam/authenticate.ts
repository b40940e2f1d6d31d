import type { CredentialStore, Credentials } from './credentials.ts';
import type { SignedRequest } from './sigv4.ts';
import { type Verification, verify } from './verify-sigv4.ts';

/** Reason why the signer of a request cannot be identified. */
export interface Unauthenticated {
  readonly reason: (Verification & { readonly ok: false })['reason'];
  /** AWS's own, as far as it is the same for all services. */
  readonly message: string;
}

/** The credentials that signed a request for a service, now. */
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
  // Nothing can revoke a key between the two look-ups, since both happen in one turn of the event loop.
  return find(verification.accessKeyId) ?? { reason: 'unknown-key', message: unknownKey };
};

/** Exception of services for each reason. */
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

/** "The signature must not be older than 5 minutes", as services say it when it is. */
const maxSkewMs = 5 * 60_000;
