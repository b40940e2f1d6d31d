import { type Properties, type Resource, ref, sub, type Value, when } from './cloudformation.ts';
import { tags } from './tags.ts';

/** A policy document of the current version of the policy language. */
export const policyDocument = (...statements: readonly Properties[]): Properties => ({
  Version: '2012-10-17',
  Statement: statements,
});

/** Options of a role beside its trust policy. */
interface RoleOptions {
  readonly description: string;
  readonly managedPolicies?: readonly Value[];
  /** Statements of the role's own policy, by the policy's name. */
  readonly policies?: Readonly<Record<string, readonly Properties[]>>;
}

/** A role that one service may assume. Policies are part of it, so that they last as long as the role does. */
export const serviceRole = (service: string, trustCondition: Properties | undefined, options: RoleOptions): Resource => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    Description: options.description,
    AssumeRolePolicyDocument: policyDocument({
      Effect: 'Allow',
      Principal: { Service: service },
      Action: 'sts:AssumeRole',
      ...(trustCondition && { Condition: trustCondition }),
    }),
    PermissionsBoundary: when('HasPermissionsBoundary', ref('PermissionsBoundaryArn')),
    ...(options.managedPolicies && { ManagedPolicyArns: options.managedPolicies }),
    ...(options.policies && {
      Policies: Object.entries(options.policies).map(([PolicyName, statements]) => ({
        PolicyName,
        PolicyDocument: policyDocument(...statements),
      })),
    }),
    Tags: tags,
  },
});

/** The service acts for this account, and not for one that persuaded it to use a role of ours (the confused deputy problem). */
export const ownAccount: Properties = { StringEquals: { 'aws:SourceAccount': ref('AWS::AccountId') } };

/** ARN of a policy that AWS manages. */
export const managedPolicy = (path: string): Properties => sub(`arn:\${AWS::Partition}:iam::aws:policy/${path}`);

/** The user's KMS key, if there is one; otherwise the service uses a key of its own. */
export const kmsKey: Properties = when('HasKmsKey', ref('KmsKeyArn'));
