import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkConditions } from '../../../src/twin/iam/condition.ts';
import { type AuthorizationRequest, evaluate as evaluateNamed } from '../../../src/twin/iam/evaluate.ts';
import type { PolicyDocument, PolicyStatement } from '../../../src/twin/iam/policy-document.ts';

const table = 'arn:aws:dynamodb:eu-central-1:123456789012:table/items';
const request = (context: Record<string, string> = {}): AuthorizationRequest => ({
  action: 'dynamodb:PutItem',
  resource: table,
  context: new Map(Object.entries(context).map(([key, value]) => [key.toLowerCase(), [value]])),
});
const policy = (...statements: PolicyStatement[]): PolicyDocument => ({ Version: '2012-10-17', Statement: statements });
const evaluate = (asked: AuthorizationRequest, documents: readonly PolicyDocument[]): string =>
  evaluateNamed(
    asked,
    documents.map((document) => ({ name: 'the policy p', document })),
  ).effect;
const allow: PolicyStatement = { Effect: 'Allow', Action: 'dynamodb:PutItem', Resource: table };

describe('evaluate', () => {
  it.each<[string, PolicyStatement, string]>([
    ['the action on the resource', allow, 'allow'],
    ['an action in another case', { ...allow, Action: 'DynamoDB:putitem' }, 'allow'],
    ['any action', { ...allow, Action: '*' }, 'allow'],
    ['actions by a wildcard', { ...allow, Action: ['dynamodb:Get*', 'dynamodb:P?tItem'] }, 'allow'],
    ['another action', { ...allow, Action: 'dynamodb:GetItem' }, 'implicitDeny'],
    ['all actions but another', { Effect: 'Allow', NotAction: 'dynamodb:Delete*', Resource: '*' }, 'allow'],
    ['all actions but this', { Effect: 'Allow', NotAction: 'dynamodb:Put*', Resource: '*' }, 'implicitDeny'],
    ['resources by a wildcard', { ...allow, Resource: 'arn:aws:dynamodb:*:*:table/i*' }, 'allow'],
    ['the resource in another case', { ...allow, Resource: table.replace('items', 'Items') }, 'implicitDeny'],
    ['a resource that begins alike', { ...allow, Resource: `${table}/index/*` }, 'implicitDeny'],
    ['all resources but another', { Effect: 'Allow', Action: '*', NotResource: `${table}2` }, 'allow'],
    ['all resources but this', { Effect: 'Allow', Action: '*', NotResource: `${table}*` }, 'implicitDeny'],
    [
      'a resource with a variable',
      { ...allow, Resource: table.replace('123456789012', '${aws:PrincipalAccount}') },
      'allow',
    ],
    ['a resource with a variable of no value', { ...allow, Resource: '${aws:username}*' }, 'implicitDeny'],
    ['a resource with a variable of a default', { ...allow, Resource: "${aws:username, 'arn:aws'}:*" }, 'allow'],
    ['a resource with a literal asterisk', { ...allow, Resource: table.replace('items', '${*}') }, 'implicitDeny'],
    ['nothing', { ...allow, Effect: 'Deny' }, 'explicitDeny'],
  ])('of a statement that allows %s', (_what, statement, decision) => {
    expect(evaluate(request({ 'aws:PrincipalAccount': '123456789012' }), [policy(statement)])).toBe(decision);
  });

  it('takes variables as plain text in a policy of the earlier version, which is the default', () => {
    const Statement = { ...allow, Resource: table.replace('123456789012', '${aws:PrincipalAccount}') };
    const asked = request({ 'aws:PrincipalAccount': '123456789012' });
    expect([{ Version: '2008-10-17', Statement } as const, { Statement }].map((one) => evaluate(asked, [one]))).toEqual([
      'implicitDeny',
      'implicitDeny',
    ]);
  });

  it('lets a deny win wherever it stands, and says no to nothing', () => {
    const statements = fc.array(
      fc.constantFrom<PolicyStatement>(allow, { ...allow, Action: 'x:*' }, { ...allow, Effect: 'Deny' }),
    );
    fc.assert(
      fc.property(fc.array(statements), (policies) => {
        const all = policies.flat();
        const expected = all.some(({ Effect }) => Effect === 'Deny')
          ? 'explicitDeny'
          : all.some(({ Action }) => Action === allow.Action)
            ? 'allow'
            : 'implicitDeny';
        expect(
          evaluate(
            request(),
            policies.map((each) => policy(...each)),
          ),
        ).toBe(expected);
      }),
    );
  });

  it.each<[string, PolicyStatement['Condition'], boolean]>([
    ['equal', { StringEquals: { 'aws:RequestedRegion': 'eu-central-1' } }, true],
    ['one of several', { StringEquals: { 'aws:RequestedRegion': ['us-east-1', 'eu-central-1'] } }, true],
    ['unequal', { StringEquals: { 'aws:RequestedRegion': 'us-east-1' } }, false],
    ['a key in another case', { StringEquals: { 'AWS:requestedREGION': 'eu-central-1' } }, true],
    ['not equal to any', { StringNotEquals: { 'aws:RequestedRegion': ['us-east-1', 'us-west-2'] } }, true],
    ['not equal, but it is', { StringNotEquals: { 'aws:RequestedRegion': ['us-east-1', 'eu-central-1'] } }, false],
    ['a key that the request lacks', { StringEquals: { 'aws:SourceVpce': 'vpce-1' } }, false],
    ['a lacking key, negated', { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } }, true],
    ['a lacking key, if it exists', { StringEqualsIfExists: { 'aws:SourceVpce': 'vpce-1' } }, true],
    ['a pattern', { StringLike: { 'aws:RequestedRegion': 'eu-*' } }, true],
    ['case', { StringEqualsIgnoreCase: { 'aws:RequestedRegion': 'EU-CENTRAL-1' } }, true],
    ['an ARN', { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/r*' } }, true],
    ['an ARN whose wildcard would pass a colon', { ArnEquals: { 'aws:PrincipalArn': 'arn:*:role/r1' } }, false],
    ['a truth', { Bool: { 'aws:SecureTransport': 'true' } }, true],
    ['presence', { Null: { 'lambda:SourceFunctionArn': 'false' } }, false],
    ['absence', { Null: { 'lambda:SourceFunctionArn': 'true' } }, true],
    [
      'two that hold',
      { StringEquals: { 'aws:RequestedRegion': 'eu-central-1' }, Bool: { 'aws:SecureTransport': 'true' } },
      true,
    ],
    [
      'two of which one holds',
      { StringEquals: { 'aws:RequestedRegion': 'x' }, Bool: { 'aws:SecureTransport': 'true' } },
      false,
    ],
    ['all values', { 'ForAllValues:StringEquals': { 'aws:SourceVpce': 'vpce-1' } }, true],
    ['any value', { 'ForAnyValue:StringEquals': { 'aws:SourceVpce': 'vpce-1' } }, false],
    ['any value of none, negated', { 'ForAnyValue:StringNotEquals': { 'aws:SourceVpce': 'vpce-1' } }, false],
    ['any value of none, if it exists', { 'ForAnyValue:StringEqualsIfExists': { 'aws:SourceVpce': 'vpce-1' } }, true],
    ['presence, in another case', { Null: { 'aws:RequestedRegion': 'False' } }, true],
    ['presence or absence', { Null: { 'aws:RequestedRegion': ['true', 'false'] } }, true],
    ['a variable', { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::${aws:PrincipalAccount}:role/*' } }, true],
    ['a variable of another value', { StringEquals: { 'aws:RequestedRegion': '${aws:PrincipalAccount}' } }, false],
    ['a variable without a value', { StringEquals: { 'aws:RequestedRegion': '${aws:username}' } }, false],
    ['a variable without a value, negated', { StringNotEquals: { 'aws:RequestedRegion': '${aws:username}' } }, true],
    ['a default', { StringEquals: { 'aws:RequestedRegion': "${aws:username, 'eu-central-1'}" } }, true],
    ['a character that is no wildcard', { StringLike: { 'aws:RequestedRegion': 'eu-${*}' } }, false],
  ])('under a condition: %s', (_what, Condition, holds) => {
    const context = {
      'aws:RequestedRegion': 'eu-central-1',
      'aws:SecureTransport': 'true',
      'aws:PrincipalAccount': '123456789012',
      'aws:PrincipalArn': 'arn:aws:iam::123456789012:role/r1',
    };
    const conditional = Condition ? { ...allow, Condition } : allow;
    expect(evaluate(request(context), [policy(conditional)])).toBe(holds ? 'allow' : 'implicitDeny');
  });
});

describe('checkConditions', () => {
  it.each([
    [
      { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } },
      'Role (AWS::IAM::Role): the condition operator IpAddress is not supported',
    ],
    [{ NullIfExists: { 'aws:SourceVpce': 'true' } }, 'the condition operator NullIfExists is not supported'],
    [
      { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } },
      'Role (AWS::IAM::Role): the condition key aws:PrincipalOrgID is not supported',
    ],
  ])('rejects by name what it could only guess at: %j', (conditions, message) => {
    expect(() => checkConditions('Role (AWS::IAM::Role)', conditions)).toThrow(message);
    expect(() => checkConditions('Role', { Null: { 'lambda:SourceFunctionArn': 'false' } })).not.toThrow();
  });
});
