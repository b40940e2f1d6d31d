import type { StackIdentity } from '../stack-identity.ts';
import type { CredentialStore } from './credentials.ts';
import { user } from './identity.ts';

/** An access key, and the region that signatures made with it name. */
export interface SigningKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly region: string;
}

/** An access key for whoever runs the twin: of a user, `local`, who may call every API and do nothing else. */
export const issueSigningKey = (stack: StackIdentity, credentials: CredentialStore): SigningKey => {
  const policy = { Statement: { Effect: 'Allow', Action: 'execute-api:Invoke', Resource: '*' } } as const;
  const { accessKeyId, secretAccessKey } = credentials.issueLongTerm(user(stack, 'local', policy));
  return { accessKeyId, secretAccessKey, region: stack.region };
};
