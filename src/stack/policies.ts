import { type Properties, type Resource, ref, sub, type Value, when } from './cloudformation.ts';
import { tags } from './tags.ts';

/** Returns a policy document of the current version of the policy language. */
export const policyDocument = (...statements: readonly Properties[]): Properties => ({
  Version: '2012-10-17',
  Statement: statements,
});

/** Options of a role besides its trust policy. */
interface RoleOptions {
  readonly description: string;
  readonly managedPolicies?: readonly Value[];
  /** Statements of the role's inline policies, by policy name. */
  readonly policies?: Readonly<Record<string, readonly Properties[]>>;
}

/** Returns a role that one service can assume. Its policies are inline, so that they exist as long as the role does. */
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

/** Allows the service to assume a role only on behalf of this account. This prevents the confused deputy problem. */
export const ownAccount: Properties = { StringEquals: { 'aws:SourceAccount': ref('AWS::AccountId') } };

/** Returns the ARN of an AWS managed policy. */
export const managedPolicy = (path: string): Properties => sub(`arn:\${AWS::Partition}:iam::aws:policy/${path}`);

/** The user's KMS key, if set; otherwise no value, and the service uses its own key. */
export const kmsKey: Properties = when('HasKmsKey', ref('KmsKeyArn'));
