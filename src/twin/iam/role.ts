import type { PolicyDocument } from './policy-document.ts';

export interface Role {
  readonly arn: string;
  readonly roleName: string;
  /** `AROA…`, the first part of the user id of the role's sessions. */
  readonly roleId: string;
  readonly assumeRolePolicyDocument: PolicyDocument;
  /** Inline policies by name. `AWS::IAM::Policy` adds some. */
  readonly inlinePolicies: Map<string, PolicyDocument>;
  /** ARNs of attached policies, AWS-managed or of this stack. `AWS::IAM::ManagedPolicy` adds some. */
  readonly managedPolicyArns: Set<string>;
  readonly permissionsBoundary?: string;
}

export interface ManagedPolicy {
  readonly arn: string;
  readonly policyName: string;
  readonly policyDocument: PolicyDocument;
}
