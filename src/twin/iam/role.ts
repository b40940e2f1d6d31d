import type { PolicyDocument } from './policy-document.ts';

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
}

export interface ManagedPolicy {
  readonly arn: string;
  readonly policyName: string;
  readonly policyDocument: PolicyDocument;
}
