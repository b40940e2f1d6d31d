import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate } from '../../../src/cloudformation/intrinsics/evaluate.ts';
import { isUnresolved, type Scope, unresolved } from '../../../src/cloudformation/intrinsics/scope.ts';
import type { Json } from '../../../src/cloudformation/json.ts';

const scope: Scope = {
  owner: 'Thing (AWS::Some::Thing)',
  stack: {
    name: 'items-dev',
    id: 'arn:aws:cloudformation:eu-west-1:123456789012:stack/items-dev/1',
    region: 'eu-west-1',
    accountId: '123456789012',
    partition: 'aws',
    urlSuffix: 'amazonaws.com',
  },
  parameters: new Map<string, Json>([
    ['Suffix', 'dev'],
    ['Zones', ['a', 'b']],
  ]),
  mappings: new Map([['Sizes', { dev: { memory: 256, hosts: ['x', 'y'] } }]]),
  condition: (name) => new Map([['On', true], ['Off', false]]).get(name), // biome-ignore format: a row
  resources: {
    ref: (logicalId, fail) => (logicalId === 'Table' ? 'items-table' : fail('UNRESOLVED_REFERENCE', `no ${logicalId}`)),
    getAtt: (logicalId, attribute) => (logicalId === 'Later' ? unresolved : `${logicalId}/${attribute}`),
  },
};

describe('evaluate', () => {
  it.each<[Json, unknown]>([
    [{ Ref: 'Suffix' }, 'dev'],
    [{ Ref: 'Zones' }, ['a', 'b']],
    [{ Ref: 'Table' }, 'items-table'],
    [{ Ref: 'AWS::Region' }, 'eu-west-1'],
    [{ Ref: 'AWS::AccountId' }, '123456789012'],
    [{ Ref: 'AWS::StackName' }, 'items-dev'],
    [{ Ref: 'AWS::StackId' }, scope.stack.id],
    [{ Ref: 'AWS::Partition' }, 'aws'],
    [{ Ref: 'AWS::URLSuffix' }, 'amazonaws.com'],
    [{ Ref: 'AWS::NotificationARNs' }, []],
    [{ A: { Ref: 'AWS::NoValue' }, B: 1 }, { B: 1 }],
    [
      ['a', { Ref: 'AWS::NoValue' }, 'b'],
      ['a', 'b'],
    ],
    [{ 'Fn::GetAtt': ['Table', 'Arn'] }, 'Table/Arn'],
    [{ 'Fn::GetAtt': 'Table.Stream.Arn' }, 'Table/Stream.Arn'],
    [{ 'Fn::GetAtt': ['Table', { Ref: 'Suffix' }] }, 'Table/dev'],
    [
      { 'Fn::Sub': '${Suffix}-${Table}-${Table.Arn}-${AWS::Region}-${!Keep}-$5' },
      'dev-items-table-Table/Arn-eu-west-1-${Keep}-$5',
    ],
    [{ 'Fn::Sub': ['${A}/${Suffix}', { A: { Ref: 'Table' } }] }, 'items-table/dev'],
    [{ 'Fn::Join': ['-', ['a', { Ref: 'Suffix' }, 3, { Ref: 'AWS::NoValue' }]] }, 'a-dev-3'],
    [{ 'Fn::Join': [',', { Ref: 'Zones' }] }, 'a,b'],
    [{ 'Fn::Select': ['1', { Ref: 'Zones' }] }, 'b'],
    [{ 'Fn::Select': [0, { 'Fn::Split': ['|', 'x|y'] }] }, 'x'],
    [{ 'Fn::Select': [1, { 'Fn::GetAZs': '' }] }, 'eu-west-1b'],
    [{ 'Fn::GetAZs': 'us-east-1' }, ['us-east-1a', 'us-east-1b', 'us-east-1c']],
    [{ 'Fn::FindInMap': ['Sizes', { Ref: 'Suffix' }, 'memory'] }, 256],
    [{ 'Fn::FindInMap': ['Sizes', 'dev', 'hosts'] }, ['x', 'y']],
    [{ 'Fn::If': ['On', { Ref: 'Suffix' }, { Ref: 'Nobody' }] }, 'dev'],
    [{ A: { 'Fn::If': ['Off', 1, { Ref: 'AWS::NoValue' }] } }, {}],
    [{ 'Fn::Base64': { 'Fn::Sub': '${Suffix}' } }, 'ZGV2'],
    [{ 'Fn::Cidr': ['10.0.0.0/16', 3, 8] }, ['10.0.0.0/24', '10.0.1.0/24', '10.0.2.0/24']],
    [{ Condition: { StringEquals: { a: { Ref: 'Suffix' } } } }, { Condition: { StringEquals: { a: 'dev' } } }],
  ])('%j', (value, result) => {
    expect(evaluate(value, scope)).toEqual(result);
  });

  it.each<[Json, string]>([
    [{ Ref: 'Nobody' }, 'no Nobody'],
    [{ Ref: 'AWS::Account' }, 'AWS::Account is not a pseudo parameter'],
    [{ 'Fn::Sub': '${ Suffix }' }, 'Fn::Sub cannot read ${ Suffix }'],
    [{ 'Fn::Sub': '${Zones}' }, 'Fn::Sub needs a string for ${Zones}, not ["a","b"]'],
    [{ 'Fn::Join': [',', [{ Ref: 'Zones' }]] }, 'Fn::Join joins strings, not ["a","b"]'],
    [{ 'Fn::Join': ',' }, 'Fn::Join takes a delimiter and a list of strings'],
    [{ 'Fn::Select': [2, { Ref: 'Zones' }] }, 'Fn::Select cannot select index 2 of 2 values'],
    [{ 'Fn::Select': ['x', { Ref: 'Zones' }] }, 'Fn::Select takes an index and a list'],
    [{ 'Fn::FindInMap': ['Size', 'dev', 'memory'] }, 'Fn::FindInMap: there is no mapping Size; did you mean Sizes?'],
    [{ 'Fn::FindInMap': ['Sizes', 'prod', 'memory'] }, 'Fn::FindInMap: mapping Sizes has no key prod; it has dev'],
    [
      { 'Fn::FindInMap': ['Sizes', 'dev', 'constructor'] },
      'Fn::FindInMap: Sizes.dev has no key constructor; it has memory, hosts',
    ],
    [{ 'Fn::FindInMap': ['Sizes', { 'Fn::Sub': 'dev' }, 'memory'] }, 'Fn::FindInMap takes no functions but Ref'],
    [{ 'Fn::If': ['Maybe', 1, 2] }, 'there is no condition Maybe'],
    [{ 'Fn::If': ['On', 1] }, 'Fn::If takes the name of a condition and two values'],
    [{ 'Fn::Equals': ['a', 'b'] }, 'Fn::Equals is allowed only in Conditions and Rules'],
    [{ 'Fn::ImportValue': 'x' }, 'Fn::ImportValue is not supported by the local twin: there are no other stacks'],
    [
      { 'Fn::ForEach': ['x'] },
      'Fn::ForEach is not supported by the local twin: it needs the transform AWS::LanguageExtensions',
    ],
    [{ 'Fn::Magic': 'x' }, 'Fn::Magic is not supported by the local twin'],
    [{ 'Fn::Cidr': ['10.0.0.0/24', 3, 8] }, 'Fn::Cidr: 3 blocks of 256 addresses do not fit into 10.0.0.0/24'],
  ])('%j is rejected with its place', (value, message) => {
    const rejection = expect.objectContaining({
      name: 'LocalError',
      message: expect.stringContaining(`Thing (AWS::Some::Thing): Deep.0.P: ${message}`),
    });
    expect(() => evaluate({ Deep: [{ P: value }] }, scope)).toThrow(rejection);
  });

  it('lets nothing be said about what is not known yet', () => {
    const later = { 'Fn::GetAtt': ['Later', 'Arn'] };
    for (const value of [
      { 'Fn::Sub': ['x-${A}', { A: later }] },
      { 'Fn::Join': ['', ['a', later]] },
      { 'Fn::Select': [7, { 'Fn::Split': [',', later] }] },
      { 'Fn::Select': [0, { 'Fn::Cidr': [later, 4, 8] }] },
      { 'Fn::Base64': later },
    ]) {
      expect(isUnresolved(evaluate(value, scope))).toBe(true);
    }
  });

  it('leaves a value without functions as it is, in a copy', () => {
    const keys = fc.string().filter((key) => key !== 'Ref' && !key.startsWith('Fn::'));
    const { value } = fc.letrec<{ value: Json }>((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        fc.string(),
        fc.integer(),
        fc.boolean(),
        fc.array(tie('value')),
        fc.dictionary(keys, tie('value'), { noNullPrototype: true }),
      ),
    }));
    fc.assert(
      fc.property(value, (json) => {
        const result = evaluate(json, scope);
        expect(result).toEqual(json);
        if (typeof json === 'object') expect(result).not.toBe(json);
      }),
    );
  });

  it('joins what it splits', () => {
    fc.assert(
      fc.property(fc.string(), fc.string({ minLength: 1 }), (text, delimiter) => {
        expect(evaluate({ 'Fn::Join': [delimiter, { 'Fn::Split': [delimiter, text] }] }, scope)).toBe(text);
      }),
    );
  });
});
