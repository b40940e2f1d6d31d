import { describe, expect, it } from 'vitest';
import { type Access, denial } from '../../../src/twin/iam/decide.ts';
import { roleSession } from '../../../src/twin/iam/identity.ts';
import type { PolicyDocument, PolicyStatement } from '../../../src/twin/iam/policy-document.ts';
import type { Role } from '../../../src/twin/iam/role.ts';

const table = 'arn:aws:dynamodb:eu-west-1:123456789012:table/items';
const functionArn = 'arn:aws:lambda:eu-west-1:123456789012:function:put';
const boundaryArn = 'arn:aws:iam::123456789012:policy/boundary';
const otherRole = 'arn:aws:iam::123456789012:role/other';
const allow: PolicyStatement = { Effect: 'Allow', Action: 'dynamodb:PutItem', Resource: table };
const deny: PolicyStatement = { ...allow, Effect: 'Deny' };
const policy = (...statements: PolicyStatement[]): PolicyDocument => ({ Version: '2012-10-17', Statement: statements });

/** The denial of a session of a role with these inline policies. */
const denied = (
  inline: readonly PolicyStatement[],
  {
    boundary,
    endpoint,
    attached = [],
    ...access
  }: Partial<Access> & {
    boundary?: PolicyStatement[];
    endpoint?: PolicyStatement[];
    attached?: string[];
  } = {},
): ReturnType<typeof denial> => {
  const role: Role = {
    arn: 'arn:aws:iam::123456789012:role/service/put-role',
    roleName: 'put-role',
    roleId: 'AROAEXAMPLEEXAMPLEEXA',
    assumeRolePolicyDocument: policy(),
    inlinePolicies: new Map([['inline', policy(...inline)]]),
    managedPolicyArns: new Set(attached),
    ...(boundary && { permissionsBoundary: boundaryArn }),
  };
  const managed = { arn: boundaryArn, policyName: 'boundary', policyDocument: policy(...(boundary ?? [])) };
  const identity = roleSession(role, new Map([[boundaryArn, managed]]), {
    sessionName: 'put',
    sourceFunctionArn: functionArn,
  });
  return denial(identity, {
    action: 'dynamodb:PutItem',
    resource: table,
    region: 'eu-west-1',
    ...(endpoint && { vpcEndpoint: { id: 'vpce-1', vpcId: 'vpc-1', policyDocument: policy(...endpoint) } }),
    ...access,
  });
};

const ask = (...args: Parameters<typeof denied>): string | undefined => denied(...args)?.message;

const lead = `User: arn:aws:sts::123456789012:assumed-role/put-role/put is not authorized to perform: dynamodb:PutItem on resource: ${table}`;
const everyone = { Principal: '*' } as const;

describe('a denial', () => {
  it.each<[string, string | undefined, string | undefined]>([
    ['nothing, where a policy allows', ask([allow]), undefined],
    ['no allow', ask([]), `${lead} because no identity-based policy allows the dynamodb:PutItem action`],
    ['an explicit deny', ask([allow, deny]), `${lead} with an explicit deny in an identity-based policy`],
    ['a boundary that allows', ask([allow], { boundary: [allow] }), undefined],
    [
      'a boundary without an allow',
      ask([allow], { boundary: [{ ...allow, Action: 'dynamodb:GetItem' }] }),
      `${lead} because no permissions boundary allows the dynamodb:PutItem action`,
    ],
    [
      'a boundary alone',
      ask([], { boundary: [allow] }),
      `${lead} because no identity-based policy allows the dynamodb:PutItem action`,
    ],
    [
      'a deny in the boundary',
      ask([allow], { boundary: [allow, deny] }),
      `${lead} with an explicit deny in a permissions boundary`,
    ],
    ['an endpoint policy that allows', ask([allow], { endpoint: [{ ...allow, ...everyone }] }), undefined],
    [
      'an endpoint policy for another table',
      ask([allow], { endpoint: [{ ...allow, ...everyone, Resource: `${table}2` }] }),
      `${lead} because no VPC endpoint policy allows the dynamodb:PutItem action`,
    ],
    [
      'an endpoint policy for another role',
      ask([allow], {
        endpoint: [
          {
            ...allow,
            ...everyone,
            Condition: { ArnEquals: { 'aws:PrincipalArn': otherRole } },
          },
        ],
      }),
      `${lead} because no VPC endpoint policy allows the dynamodb:PutItem action`,
    ],
    [
      'a deny in the endpoint policy, though nothing allows',
      ask([], { endpoint: [{ ...deny, ...everyone }] }),
      `${lead} with an explicit deny in a VPC endpoint policy`,
    ],
    ['an AWS-managed policy', ask([], { attached: ['arn:aws:iam::aws:policy/AmazonDynamoDBFullAccess'] }), undefined],
    [
      'an AWS-managed policy that reads',
      ask([], { attached: ['arn:aws:iam::aws:policy/AmazonDynamoDBReadOnlyAccess'] }),
      `${lead} because no identity-based policy allows the dynamodb:PutItem action`,
    ],
  ])('for %s', (_what, message, expected) => {
    expect(message).toBe(expected);
  });

  it.each<[string, string, string[]]>([
    ['aws:PrincipalArn', 'ArnEquals', ['arn:aws:iam::123456789012:role/service/put-role']],
    ['aws:PrincipalArn', 'ArnLike', ['arn:aws:iam::*:role/service/put-*']],
    ['aws:PrincipalArn', 'StringEquals', [otherRole, 'arn:aws:iam::123456789012:role/service/put-role']],
    ['aws:PrincipalType', 'StringEquals', ['AssumedRole']],
    ['aws:userid', 'StringLike', ['AROAEXAMPLE*:put']],
    ['aws:PrincipalAccount', 'StringEquals', ['123456789012']],
    ['aws:ResourceAccount', 'StringEquals', ['123456789012']],
    ['aws:RequestedRegion', 'StringEquals', ['us-east-1', 'eu-west-1']],
    ['aws:SecureTransport', 'Bool', ['true']],
    ['lambda:SourceFunctionArn', 'ArnEquals', [functionArn]],
    ['aws:SourceVpce', 'StringEquals', ['vpce-1']],
    ['aws:SourceVpc', 'StringEquals', ['vpc-1']],
  ])('knows %s', (key, operator, values) => {
    const conditional = { ...allow, Condition: { [operator]: { [key]: values } } };
    const endpoint = [{ ...allow, ...everyone }];
    expect(ask([conditional], { endpoint })).toBeUndefined();
    const other = { ...allow, Condition: { [operator]: { [key]: values.map((value) => `x${value}`) } } };
    expect(ask([other], { endpoint })).toMatch(/no identity-based policy/);
  });

  it('takes the session for its role, and not for the ARN of the session', () => {
    const session = 'arn:aws:sts::123456789012:assumed-role/put-role/put';
    const conditional = { ...allow, Condition: { ArnEquals: { 'aws:PrincipalArn': [session] } } };
    expect(ask([conditional])).toMatch(/no identity-based policy/);
  });

  it('knows no account or resource that a service would act for', () => {
    const on = (key: string) => ({ ...deny, Condition: { StringLike: { [key]: '*' } } });
    expect(ask([allow, on('aws:SourceAccount'), on('aws:SourceArn')])).toBeUndefined();
  });

  it('is certain where the permissions boundary is gone', () => {
    const inlinePolicies = new Map([['inline', policy(allow)]]);
    const role = {
      arn: 'arn:aws:iam::123456789012:role/r',
      roleName: 'r',
      roleId: 'AROA',
      managedPolicyArns: new Set<string>(),
    };
    const identity = roleSession(
      { ...role, assumeRolePolicyDocument: policy(), inlinePolicies, permissionsBoundary: boundaryArn },
      new Map(),
      { sessionName: 'r' },
    );
    const access = { action: 'dynamodb:PutItem', resource: table, region: 'eu-west-1' };
    expect(denial(identity, access)?.message).toMatch(/no permissions boundary allows/);
  });

  it('knows no endpoint where the request came through none', () => {
    const conditional = { ...allow, Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-1' } } };
    expect(ask([conditional])).toMatch(/no identity-based policy/);
  });
});

describe('the cause of a denial', () => {
  const role = 'arn:aws:iam::123456789012:role/service/put-role';
  const what = `dynamodb:PutItem on ${table}`;

  it.each<[string, ReturnType<typeof denied>, string]>([
    [
      'a statement with an id',
      denied([allow, { ...deny, Sid: 'No' }]),
      `statement "No" of the policy inline of ${role} denies ${what}`,
    ],
    ['a statement without', denied([allow, deny]), `statement 2 of the policy inline of ${role} denies ${what}`],
    ['one policy', denied([]), `no statement of the policy inline of ${role} allows ${what}`],
    [
      'several',
      denied([], { attached: [boundaryArn], boundary: [] }),
      `no statement of the 2 policies of ${role} allows ${what}`,
    ],
    ['a boundary', denied([allow], { boundary: [] }), `no statement of the policy ${boundaryArn} allows ${what}`],
    [
      'an endpoint',
      denied([allow], { endpoint: [] }),
      `no statement of the policy of the VPC endpoint vpce-1 allows ${what}`,
    ],
    [
      'a condition that does not hold',
      denied([{ ...allow, Sid: 'Use', Condition: { StringEquals: { 'aws:SourceVpc': 'vpc-2' } } }]),
      `no statement of the policy inline of ${role} allows ${what}; statement "Use" of the policy inline of ${role} allows it only if its Condition matches`,
    ],
    [
      'another resource',
      denied([{ ...allow, Resource: `${table}2` }]),
      `no statement of the policy inline of ${role} allows ${what}; statement 1 of the policy inline of ${role} allows it only on other resources`,
    ],
  ])('names %s', (_what, found, cause) => {
    expect(found?.cause).toBe(cause);
  });
});

describe('a permit', () => {
  it('ends with what it came from: a policy of the role, its boundary, the policy of the endpoint', () => {
    const role: Role = {
      arn: otherRole,
      roleName: 'other',
      roleId: 'AROAEXAMPLEEXAMPLEEXA',
      assumeRolePolicyDocument: policy(),
      inlinePolicies: new Map([['inline', policy(allow)]]),
      managedPolicyArns: new Set(),
      permissionsBoundary: boundaryArn,
    };
    const managed = new Map([[boundaryArn, { arn: boundaryArn, policyName: 'boundary', policyDocument: policy(allow) }]]);
    const identity = roleSession(role, managed, { sessionName: 'put' });
    let policyDocument = policy({ ...allow, ...everyone });
    const isAllowed = (): boolean => {
      const vpcEndpoint = { id: 'vpce-1', vpcId: 'vpc-1', policyDocument };
      return (
        denial(identity, { action: 'dynamodb:PutItem', resource: table, region: 'eu-west-1', vpcEndpoint }) === undefined
      );
    };
    expect([isAllowed(), isAllowed()]).toEqual([true, true]);
    role.inlinePolicies.set('inline', policy(deny));
    expect(isAllowed()).toBe(false);
    role.inlinePolicies.set('inline', policy(allow));
    expect(isAllowed()).toBe(true);
    managed.set(boundaryArn, { arn: boundaryArn, policyName: 'boundary', policyDocument: policy() });
    expect(isAllowed()).toBe(false);
    managed.set(boundaryArn, { arn: boundaryArn, policyName: 'boundary', policyDocument: policy(allow) });
    expect(isAllowed()).toBe(true);
    policyDocument = policy({ ...deny, ...everyone });
    expect(isAllowed()).toBe(false);
  });
});
