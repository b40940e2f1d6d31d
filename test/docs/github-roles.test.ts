import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { resolve } from '../../scan/resolve.ts';
import { deployPolicy } from '../../src/docs/deploy-policy.ts';
import { templateStatements } from '../../src/docs/template-policy.ts';

const text = readFileSync('deploy/github-roles.yaml', 'utf8');
const Repository = 'octo-org@123456/items@456789';

interface Statement {
  readonly Effect: string;
  readonly Principal?: { readonly Federated: unknown };
  readonly Action: string | readonly string[];
  readonly Resource?: unknown;
  readonly Condition?: unknown;
}

interface Policy {
  readonly Version: string;
  readonly Statement: readonly Statement[];
}

/** A role, or the policy that one has. */
interface Properties {
  readonly Path: string;
  readonly AssumeRolePolicyDocument: Policy;
  readonly Policies: readonly { readonly PolicyDocument: Policy }[];
  readonly PolicyDocument: Policy;
}

const resourcesWith = (parameters: Readonly<Record<string, string>> = {}) =>
  resolve(text, { Repository, ...parameters }).Resources;
const propertiesOf = (id: string, parameters?: Readonly<Record<string, string>>): Properties =>
  resourcesWith(parameters)[id]?.Properties as unknown as Properties;
const trust = (id: string, parameters?: Readonly<Record<string, string>>) =>
  propertiesOf(id, parameters).AssumeRolePolicyDocument.Statement;
const statementsOf = (id: string): Statement[] =>
  propertiesOf(id).Policies.flatMap(({ PolicyDocument: { Statement: statements } }) => statements);
const trusts = (conditions: Readonly<Record<string, string>>, provider: unknown = { Ref: 'GitHubProvider' }) => [
  {
    Effect: 'Allow',
    Principal: { Federated: provider },
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition: {
      StringEquals: Object.fromEntries(
        Object.entries(conditions).map(([claim, value]) => [`token.actions.githubusercontent.com:${claim}`, value]),
      ),
    },
  },
];

describe('the roles for GitHub', () => {
  it('trust pull requests of the repository to plan', () => {
    const conditions = { aud: 'sts.amazonaws.com', sub: `repo:${Repository}:pull_request` };
    expect(trust('PlanRole')).toEqual(trusts(conditions));
  });

  it('trust one environment and one branch to deploy', () => {
    const subject = `repo:${Repository}:environment:dev`;
    expect(trust('DeployRole')).toEqual(trusts({ aud: 'sts.amazonaws.com', sub: subject, ref: 'refs/heads/main' }));
    const other = { Repository: 'octo-org/items', Environment: 'prod', Branch: 'release/1' };
    const conditions = { sub: 'repo:octo-org/items:environment:prod', ref: 'refs/heads/release/1' };
    expect(trust('DeployRole', other)).toEqual(trusts({ aud: 'sts.amazonaws.com', ...conditions }));
  });

  it('use the provider that the account has', () => {
    const OidcProviderArn = 'arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com';
    expect(resourcesWith({ OidcProviderArn })).not.toHaveProperty('GitHubProvider');
    for (const role of ['PlanRole', 'DeployRole']) {
      expect(trust(role, { OidcProviderArn })[0]?.Principal).toEqual({ Federated: OidcProviderArn });
    }
  });

  it.each(['*', 'octo-org', 'octo-org/*', 'octo-org@1/items', 'octo-org/items:ref:refs/heads/x', 'octo-org/it?ms', ''])(
    'reject %j as the repository',
    (value) => {
      expect(() => resourcesWith({ Repository: value })).toThrow(/Repository/);
    },
  );

  it('are not among the roles and policies that the deploying role may change', () => {
    for (const id of ['PlanRole', 'DeployRole', 'DeployPolicy']) expect(propertiesOf(id).Path).toBe('/github/');
    const writable = deployPolicy().Statement.filter(({ Action }) => Action.includes('iam:PutRolePolicy'));
    expect(writable.flatMap(({ Resource }) => Resource)).toEqual([
      'arn:aws:iam::*:policy/items-*',
      'arn:aws:iam::*:role/items-*',
    ]);
  });
});

describe('the plan role', () => {
  it('may create change sets and execute none', () => {
    expect(statementsOf('PlanRole').flatMap(({ Action }) => Action)).toEqual([
      ...[
        'CreateChangeSet',
        'DeleteChangeSet',
        'DescribeChangeSet',
        'DescribeEvents',
        'DescribeStacks',
        'ListChangeSets',
      ].map((action) => `cloudformation:${action}`),
      ...['cloudformation:ListStackResources', 'cloudformation:TagResource'],
      ...['ec2:DescribeAccountAttributes', 'ec2:DescribeAvailabilityZones', 'ec2:DescribeManagedPrefixLists'],
      ...['ec2:DescribeSubnets', 'apigateway:GET', 'iam:GetRole'],
      ...['s3:GetBucketLocation', 's3:GetObject', 's3:ListBucket', 's3:PutObject'],
    ]);
  });

  it('writes to a bucket that no deployment reads', () => {
    const [bucket] = statementsOf('PlanRole').filter(({ Action }) => Action.includes('s3:PutObject'));
    expect(bucket?.Resource).toEqual([{ 'Fn::GetAtt': ['PlanBucket', 'Arn'] }, { 'Fn::Sub': '${PlanBucket.Arn}/*' }]);
    expect(resourcesWith().PlanBucket?.Properties).not.toHaveProperty('BucketName');
  });
});

describe('the deploying role', () => {
  it('has the policy of the documentation, in the partition of the stack', () => {
    expect(propertiesOf('DeployPolicy').PolicyDocument).toEqual(deployPolicy());
    expect(templateStatements(deployPolicy()).flatMap(({ Resource }) => Resource)).not.toContainEqual(
      expect.stringContaining('arn:'),
    );
  });

  it('may call the API as well', () => {
    expect(statementsOf('DeployRole')).toEqual([
      expect.objectContaining({ Action: 'execute-api:Invoke', Resource: 'arn:aws:execute-api:*:123456789012:*' }),
    ]);
  });
});

// IAM counts characters without white space: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
describe('the sizes that IAM allows', () => {
  const sizeOf = (value: unknown): number => JSON.stringify(value).replaceAll('arn:aws:', 'arn:aws-us-gov:').length;

  it('are kept by the managed policy, also where names of partitions are long', () => {
    expect(sizeOf(propertiesOf('DeployPolicy').PolicyDocument)).toBeLessThanOrEqual(6144);
  });

  it.each(['PlanRole', 'DeployRole'])('are kept by the trust policy and the inline policies of %s', (id) => {
    // What stays a reference is to the bucket.
    const arn = `arn:aws:s3:::${'b'.repeat(63)}/*`;
    const isReference = (value: unknown) => /^\{"Fn::/.test(JSON.stringify(value) ?? '');
    const policies = JSON.stringify(statementsOf(id), (_key, value: unknown) => (isReference(value) ? arn : value));
    expect(policies).toContain(id === 'PlanRole' ? arn : 'execute-api');
    expect(policies.length).toBeLessThanOrEqual(10_240);
    expect(sizeOf(propertiesOf(id).AssumeRolePolicyDocument)).toBeLessThanOrEqual(2048);
  });
});
