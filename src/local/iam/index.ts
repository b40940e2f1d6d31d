import type { PolicyDocument } from './policy-document.ts';

/** AWS IAM in the twin: the roles and policies of the stack, by ARN. */
export interface Iam {
  readonly roles: Map<string, Role>;
  readonly managedPolicies: Map<string, ManagedPolicy>;
}

export interface Role {
  readonly arn: string;
  readonly roleName: string;
  /** `AROA…`, which sessions of the role begin their user id with. */
  readonly roleId: string;
  readonly assumeRolePolicyDocument: PolicyDocument;
  /** Inline policies by name; `AWS::IAM::Policy` adds to them. */
  readonly inlinePolicies: Map<string, PolicyDocument>;
  /** ARNs of attached policies, AWS-managed or of this stack; `AWS::IAM::ManagedPolicy` adds to them. */
  readonly managedPolicyArns: Set<string>;
  readonly permissionsBoundary?: string;
  readonly maxSessionDuration: number;
}

export interface ManagedPolicy {
  readonly arn: string;
  readonly policyName: string;
  readonly policyDocument: PolicyDocument;
}

/** An account without roles. */
export const createIam = (): Iam => ({ roles: new Map(), managedPolicies: new Map() });

/** The role of a name; IAM names are unique regardless of case. */
export const findRole = (iam: Iam, roleName: string): Role | undefined =>
  [...iam.roles.values()].find((role) => role.roleName.toLowerCase() === roleName.toLowerCase());
