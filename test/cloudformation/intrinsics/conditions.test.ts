import { describe, expect, it } from 'vitest';
import { FaultCollector } from '../../../src/cloudformation/errors.ts';
import { evaluateConditions } from '../../../src/cloudformation/intrinsics/conditions.ts';
import type { Json } from '../../../src/cloudformation/json.ts';
import { checkRules } from '../../../src/cloudformation/rules.ts';

const scope = {
  stack: {
    name: 's',
    id: 's',
    region: 'us-east-1',
    accountId: '123456789012',
    partition: 'aws',
    urlSuffix: 'amazonaws.com',
  },
  parameters: new Map<string, Json>([
    ['Stage', 'prod'],
    ['Count', '2'],
    ['Origins', ['a', 'b']],
  ]),
  mappings: new Map(),
};

const isProd: Json = { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] };
const isTest: Json = { 'Fn::Equals': [{ Ref: 'Stage' }, 'test'] };
const evaluateOne = (condition: Json) => evaluateConditions(new Map([['C', condition]]), scope).get('C');

describe('Conditions', () => {
  it.each<[Json, boolean]>([
    [isProd, true],
    [isTest, false],
    [{ 'Fn::Equals': [{ Ref: 'Count' }, 2] }, true],
    [{ 'Fn::Equals': [{ 'Fn::Join': ['', { Ref: 'Origins' }] }, 'ab'] }, true],
    [{ 'Fn::And': [isProd, isTest] }, false],
    [{ 'Fn::Or': [isProd, isTest] }, true],
    [{ 'Fn::Not': [isTest] }, true],
  ])('%j is %j', (condition, value) => {
    expect(evaluateOne(condition)).toBe(value);
  });

  it('may use one another in any order', () => {
    const conditions = new Map<string, Json>([
      ['Both', { 'Fn::And': [{ Condition: 'Prod' }, { 'Fn::Not': [{ Condition: 'Test' }] }] }],
      ['Prod', isProd],
      ['Test', isTest],
    ]);
    expect(Object.fromEntries(evaluateConditions(conditions, scope))).toEqual({ Both: true, Prod: true, Test: false });
  });

  it('shows a circle as a path', () => {
    const conditions = new Map<string, Json>([
      ['A', { 'Fn::Not': [{ Condition: 'B' }] }],
      ['B', { 'Fn::Not': [{ Condition: 'A' }] }],
    ]);
    expect(() => evaluateConditions(conditions, scope)).toThrow('Conditions: cyclic dependency detected: A -> B -> A');
  });

  it.each<[Json, string]>([
    ['true', 'Conditions.C: a condition is one function such as Fn::Equals, not "true"'],
    [{ Condition: 'Nobody' }, 'Conditions.C: there is no condition Nobody'],
    [{ 'Fn::And': [isProd] }, 'Conditions.C: Fn::And takes a list of 2 to 10 conditions'],
    [{ 'Fn::Not': [isProd, isTest] }, 'Conditions.C: Fn::Not takes a list of one condition'],
    [{ 'Fn::Equals': ['a'] }, 'Conditions.C: Fn::Equals takes two values'],
    [
      { 'Fn::Or': [isProd, { 'Fn::Equals': [{ Ref: 'Table' }, 'x'] }] },
      'Conditions.C: refers to Table, but Conditions and Rules',
    ],
    [{ 'Fn::Like': ['a', 'b'] }, 'Conditions.C: as a condition, Fn::Like is not supported by the local twin'],
  ])('%j is rejected', (condition, message) => {
    expect(() => evaluateOne(condition)).toThrow(message);
  });
});

describe('Rules', () => {
  const violations = (rule: { RuleCondition?: Json; Assert: Json; AssertDescription?: string }): string => {
    const { RuleCondition, ...assertion } = rule;
    const faults = new FaultCollector();
    const declaration = { ...(RuleCondition !== undefined && { RuleCondition }), Assertions: [assertion] };
    checkRules(new Map([['R', declaration]]), scope, faults);
    try {
      faults.throwIfAny();
    } catch (error) {
      return (error as Error).message;
    }
    return '';
  };

  it.each<[Json, boolean]>([
    [{ 'Fn::Contains': [{ Ref: 'Origins' }, 'a'] }, true],
    [{ 'Fn::Contains': [['x'], { Ref: 'Stage' }] }, false],
    [{ 'Fn::EachMemberIn': [{ Ref: 'Origins' }, ['a', 'b', 'c']] }, true],
    [{ 'Fn::EachMemberIn': [{ Ref: 'Origins' }, ['a']] }, false],
    [{ 'Fn::EachMemberEquals': [{ Ref: 'Origins' }, 'a'] }, false],
    [{ 'Fn::EachMemberEquals': [['a', 'a'], 'a'] }, true],
  ])('%j holds: %j', (Assert, holds) => {
    expect(violations({ Assert }) === '').toBe(holds);
  });

  it('says what the assertion says', () => {
    expect(violations({ Assert: isTest, AssertDescription: 'only in test' })).toBe('rule R: only in test');
  });

  it('asks only if its RuleCondition holds', () => {
    expect(violations({ RuleCondition: isTest, Assert: isTest })).toBe('');
    expect(violations({ RuleCondition: isProd, Assert: isTest })).not.toBe('');
  });

  it('rejects functions that ask about an account, and conditions', () => {
    expect(violations({ Assert: { 'Fn::Contains': [{ 'Fn::RefAll': 'AWS::EC2::VPC::Id' }, 'x'] } })).toMatch(
      /Fn::RefAll is not supported/,
    );
    expect(violations({ Assert: { Condition: 'C' } })).toMatch(/there is no condition C/);
  });
});
