import type { StackIdentity } from '../../../cloudformation/stack-identity.ts';
import type { CredentialStore } from '../../iam/credentials.ts';
import { type OnWait, tellWait } from '../../processes/tell-wait.ts';
import type { Verifiers } from './authorize-method.ts';
import { verifyIam } from './verify-iam.ts';

export interface VerifiersOptions {
  /** File or URL of the JSON Web Key Set that verifies tokens of Cognito user pools. */
  readonly jwks?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onError: (error: unknown) => void;
  readonly onWait?: OnWait | undefined;
}

/** Creates the verification of signatures with the credentials of a stack, and of tokens if `jwks` has keys for them. */
export const createVerifiers = async (
  stack: StackIdentity,
  credentials: CredentialStore,
  { jwks, onWait, ...options }: VerifiersOptions,
): Promise<Verifiers> => {
  const iam = verifyIam(stack, credentials);
  if (jwks === undefined) {
    return { iam };
  }
  // Loaded only if needed, because loading delays the start.
  const [{ loadKeySet }, { verifyCognito }] = await Promise.all([import('./key-set.ts'), import('./verify-cognito.ts')]);
  const keys = await tellWait(loadKeySet(jwks, options), `waiting for the JSON Web Key Set ${jwks}`, onWait);
  return { iam, cognito: verifyCognito(keys) };
};
