import type { IncomingMessage } from 'node:http';
import { authenticate, exceptions } from '../iam/authenticate.ts';
import type { CredentialStore } from '../iam/credentials.ts';
import type { Identity } from '../iam/identity.ts';
import { headerPairs, splitTarget } from '../requests/raw-request.ts';
import type { ErrorResponse } from './error-response.ts';

/** Returns the identity that signed a request, or the error if the request cannot be authenticated. */
export const authenticateCall = (
  request: IncomingMessage,
  body: Buffer,
  services: { readonly credentials: CredentialStore; readonly region: string },
): Identity | ErrorResponse => {
  const { method = '', url = '', rawHeaders } = request;
  const signed = { method, ...splitTarget(url), headers: headerPairs(rawHeaders), body };
  const sender = authenticate(signed, { ...services, service: 'dynamodb' });
  return 'reason' in sender ? { type: exceptions[sender.reason], message: sender.message } : sender.identity;
};
