import { LocalError } from '../../cloudformation/errors.ts';
import { type CredentialStore, createCredentialStore, type SessionCredentials } from './credentials.ts';
import { roleSession } from './identity.ts';
import type { ManagedPolicy, Role } from './role.ts';

/** AWS IAM and STS in the twin: the roles and policies of the stack by ARN, and the issued credentials. */
export interface Iam {
  readonly roles: Map<string, Role>;
  readonly managedPolicies: Map<string, ManagedPolicy>;
  readonly credentials: CredentialStore;
}

/** Creates the IAM service, without roles. */
export const createIam = (): Iam => ({ roles: new Map(), managedPolicies: new Map(), credentials: createCredentialStore() });

/**
 * Issues credentials of a new session of a role. Throws a LocalError if the role does not exist. The trust policy is checked
 * earlier, when the function is created.
 */
export const assumeRole = (
  { roles, managedPolicies, credentials }: Iam,
  roleArn: string,
  session: { readonly sessionName: string; readonly sourceFunctionArn?: string },
): SessionCredentials => {
  const role = roles.get(roleArn);
  if (role) return credentials.issueTemporary(roleSession(role, managedPolicies, session));
  throw new LocalError(
    'UNRESOLVED_REFERENCE',
    `There is no role ${roleArn} in this stack; declare one and refer to its Arn`,
  );
};

/** Returns the role with this name. IAM role names are unique regardless of case. */
export const findRole = (iam: Iam, roleName: string): Role | undefined =>
  [...iam.roles.values()].find((role) => role.roleName.toLowerCase() === roleName.toLowerCase());
