import { expect, it } from 'vitest';
import type { PolicyStatement } from '../../../src/twin/iam/policy-document.ts';
import { trusts } from '../../../src/twin/iam/trust.ts';

const service = 'lambda.amazonaws.com';
const allow: PolicyStatement = { Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' };
const elsewhere = { StringEquals: { 'aws:SourceAccount': '1' } };

it.each<[string, boolean, PolicyStatement | readonly PolicyStatement[]]>([
  ['the service', true, allow],
  ['one of several services', true, [{ ...allow, Principal: { Service: ['ec2.amazonaws.com', service] } }]],
  ['everybody', true, { ...allow, Principal: '*' }],
  ['a wildcard', true, { ...allow, Action: ['STS:*'] }],
  ['an allow on a condition', true, { ...allow, Condition: elsewhere }],
  ['another service', false, { ...allow, Principal: { Service: 'ec2.amazonaws.com' } }],
  ['an account', false, { ...allow, Principal: { AWS: '*' } }],
  ['another action', false, { ...allow, Action: 'sts:TagSession' }],
  ['no action but that', false, { Effect: 'Allow', Principal: '*', NotAction: 'sts:AssumeRole' }],
  ['nothing but a deny', false, { ...allow, Effect: 'Deny' }],
  ['an allow and a deny', false, [allow, { ...allow, Effect: 'Deny', Principal: '*' }]],
  ['a deny of others', true, [allow, { Effect: 'Deny', NotPrincipal: { Service: service }, Action: '*' }]],
  ['a deny on a condition', true, [allow, { ...allow, Effect: 'Deny', Condition: elsewhere }]],
])('a policy with %s: %s', (_name, expected, Statement) => {
  expect(trusts({ Statement }, service)).toBe(expected);
});
