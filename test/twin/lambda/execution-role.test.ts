import { expect, it } from 'vitest';
import { roleSession } from '../../../src/twin/iam/identity.ts';
import type { PolicyStatement } from '../../../src/twin/iam/policy-document.ts';
import { mayWriteLogs } from '../../../src/twin/lambda/execution-role.ts';

const place = { partition: 'aws', region: 'eu-west-1', accountId: '123456789012' };
const allow: PolicyStatement = { Effect: 'Allow', Action: 'logs:*', Resource: '*' };
const denyOutside = (group: string): PolicyStatement => ({
  Effect: 'Deny',
  Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
  NotResource: `arn:aws:logs:eu-west-1:123456789012:log-group:${group}`,
});
const byCode = { ArnLike: { 'lambda:SourceFunctionArn': 'arn:aws:lambda:*:*:function:*' } };

it.each<[string, readonly PolicyStatement[], boolean]>([
  ['an allow', [allow], true],
  ['none', [], false],
  ['an allow for another group', [{ ...allow, Resource: 'arn:aws:logs:*:*:log-group:/other:*' }], false],
  ['a deny for the function’s own code', [allow, { ...allow, Effect: 'Deny', Condition: byCode }], true],
  ['a deny outside its own group', [allow, denyOutside('/aws/lambda/f:*')], true],
  ['a deny outside another group', [allow, denyOutside('/aws/lambda/other:*')], false],
  // Streams are what a function writes to, and their ARNs begin with that of the group: without :* it names none of them.
  ['a deny outside a group without its streams', [allow, denyOutside('/aws/lambda/f')], false],
  ['an allow for the function’s own code', [{ ...allow, Condition: byCode }], false],
])('Lambda writes logs for a function whose role has %s: %#', (_what, Statement, expected) => {
  const role = {
    ...{ arn: 'arn:aws:iam::123456789012:role/r', roleName: 'r', roleId: 'AROA', managedPolicyArns: new Set<string>() },
    assumeRolePolicyDocument: { Statement: [] },
    inlinePolicies: new Map([['p', { Statement }]]),
  };
  const session = { sessionName: 'f', sourceFunctionArn: 'arn:aws:lambda:eu-west-1:123456789012:function:f' };
  expect(mayWriteLogs(roleSession(role, new Map(), session), '/aws/lambda/f', place)).toBe(expected);
});
