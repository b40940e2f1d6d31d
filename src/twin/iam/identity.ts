import { awsManagedPolicy } from './aws-managed-policies.ts';
import type { NamedPolicy } from './evaluate.ts';
import type { PolicyDocument } from './policy-document.ts';
import type { ManagedPolicy, Role } from './role.ts';

/** Identity that makes a request, in IAM's terms. */
export interface Identity {
  readonly kind: 'AssumedRole' | 'User';
  /** `arn:aws:sts::123456789012:assumed-role/ROLE/SESSION` or `arn:aws:iam::123456789012:user/NAME`. */
  readonly arn: string;
  /** `aws:PrincipalArn`: the ARN of the role or of the user. */
  readonly principalArn: string;
  /** `AROA…:SESSION` or `AIDA…`. */
  readonly userId: string;
  readonly accountId: string;
  /** The function whose code makes the request, from its credentials. */
  readonly sourceFunctionArn?: string;
  /** Returns the current identity-based policies: inline, of this stack and AWS-managed. */
  policies(): readonly NamedPolicy[];
  /** Returns the policy that limits the permissions. */
  permissionsBoundary(): NamedPolicy | undefined;
}

/** Creates a session of a role. The ARN of the function is part of the credentials that Lambda issues for its code. */
export const roleSession = (
  role: Role,
  managedPolicies: ReadonlyMap<string, ManagedPolicy>,
  { sessionName, sourceFunctionArn }: { readonly sessionName: string; readonly sourceFunctionArn?: string },
): Identity => {
  const [, partition = '', , , accountId = ''] = role.arn.split(':');
  const managed = (arn: string): NamedPolicy[] => {
    const document = managedPolicies.get(arn)?.policyDocument ?? awsManagedPolicy(arn);
    return document ? [{ name: `the policy ${arn}`, document }] : [];
  };
  const inline = (): NamedPolicy[] =>
    [...role.inlinePolicies].map(([name, document]) => ({ name: `the policy ${name} of ${role.arn}`, document }));
  return {
    kind: 'AssumedRole',
    arn: `arn:${partition}:sts::${accountId}:assumed-role/${role.roleName}/${sessionName}`,
    principalArn: role.arn,
    userId: `${role.roleId}:${sessionName}`,
    accountId,
    ...(sourceFunctionArn !== undefined && { sourceFunctionArn }),
    policies: () => [...inline(), ...[...role.managedPolicyArns].flatMap(managed)],
    // A missing boundary allows nothing: it must not increase the permissions of the role.
    permissionsBoundary: () => {
      const { permissionsBoundary: boundary } = role;
      if (boundary === undefined) return undefined;
      return managed(boundary)[0] ?? { name: `the policy ${boundary}`, document: { Statement: [] } };
    },
  };
};

/** Creates a user of the account with one policy. */
export const user = (
  { partition, accountId }: { readonly partition: string; readonly accountId: string },
  userName: string,
  policy: PolicyDocument,
): Identity => {
  const arn = `arn:${partition}:iam::${accountId}:user/${userName}`;
  return {
    kind: 'User',
    arn,
    principalArn: arn,
    userId: 'AIDALOCALTWINLOCALTWI',
    accountId,
    policies: () => [{ name: `the policy of the user ${userName}`, document: policy }],
    permissionsBoundary: () => undefined,
  };
};
