import { Aws, Fn } from 'aws-cdk-lib';

/** A statement of an IAM policy. */
export interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: unknown;
  readonly Action: string | readonly string[];
  readonly Resource?: unknown;
  readonly Condition?: Readonly<Record<string, unknown>>;
}

/** A policy document of the current version of the policy language. */
export const policyDocument = (...statements: readonly Statement[]) => ({ Version: '2012-10-17', Statement: statements });

/** The condition that a service acts for this account, and not for one that has talked it into using what is ours. */
export const ownAccount = { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } };

/** A trust policy that lets one service assume the role. */
export const trust = (service: string, condition?: Statement['Condition']) =>
  policyDocument({
    Effect: 'Allow',
    Principal: { Service: service },
    Action: 'sts:AssumeRole',
    ...(condition && { Condition: condition }),
  });

/** ARN of a policy that AWS manages. */
export const managedPolicy = (path: string): string => Fn.sub(`arn:\${AWS::Partition}:iam::aws:policy/${path}`);
