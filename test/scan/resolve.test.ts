import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { resolve } from '../../scan/resolve.ts';
import { files, hardened } from '../../scan/variants.ts';

const template = (resources: string): string => `
Parameters:
  Size: { Type: Number, Default: 256 }
  Flag: { Type: String, AllowedValues: ['true', 'false'], Default: 'false' }
  Names: { Type: CommaDelimitedList, Default: 'a,b' }
Mappings:
  Words: { First: { Text: one }, Second: { Text: two } }
Conditions:
  Flagged: !Equals [!Ref Flag, 'true']
Resources:
  Topic: { Type: AWS::SNS::Topic }
${resources}`;

const propertyOf = (source: string, parameters = {}) =>
  resolve(template(`  Subject: { Type: 'Any::Kind', Properties: { Value: ${source} } }`), parameters).Resources.Subject
    ?.Properties.Value;

describe('values', () => {
  it.each<[string, unknown]>([
    ['!Ref Size', 256],
    ['!Ref Flag', false],
    ['!Ref Names', ['a', 'b']],
    ["!Join ['-', !Ref Names]", 'a-b'],
    ["!Sub '${Size} MB'", '256 MB'],
    ['!FindInMap [Words, Second, Text]', 'two'],
    ['!If [Flagged, yes, !Ref Size]', 256],
    ["[1, !If [Flagged, 2, !Ref 'AWS::NoValue'], 3]", [1, 3]],
    ['!Ref AWS::Region', 'us-east-1'],
    ["!Sub 'arn:${AWS::Partition}:iam::${AWS::AccountId}:root'", 'arn:aws:iam::123456789012:root'],
    ["!Select [1, !GetAZs '']", 'us-east-1b'],
  ])('%s is known', (source, value) => expect(propertyOf(source)).toEqual(value));

  it.each<[string, unknown]>([
    ['!Ref Topic', { Ref: 'Topic' }],
    ['!GetAtt Topic.TopicName', { 'Fn::GetAtt': ['Topic', 'TopicName'] }],
    ["!Sub '${Topic.TopicName}'", { 'Fn::GetAtt': ['Topic', 'TopicName'] }],
    ["!Sub 'x ${!Kept} ${Topic} ${Size}'", { 'Fn::Sub': 'x ${!Kept} ${Topic} 256' }],
    ["!Join [':', [a, !Ref Topic, !GetAtt Topic.TopicName]]", { 'Fn::Sub': 'a:${Topic}:${Topic.TopicName}' }],
    ["!Select [1, !Split ['/', !Join ['/', [a, !Ref Topic]]]]", { Ref: 'Topic' }],
  ])('%s stays a reference', (source, value) => expect(propertyOf(source)).toEqual(value));
});

describe('resources', () => {
  const resources = `
  Optional: { Type: AWS::SNS::Topic, Condition: Flagged, DeletionPolicy: Delete }
  Queue:
    Type: AWS::SQS::Queue
    DependsOn: [Topic, Optional]
    Properties: { QueueName: !FindInMap [Words, First, Text] }`;

  it('are those that no condition leaves out', () => {
    expect(resolve(template(resources)).Resources).toEqual({
      Topic: { Type: 'AWS::SNS::Topic', Properties: {} },
      Queue: { Type: 'AWS::SQS::Queue', DependsOn: ['Topic'], Properties: { QueueName: 'one' } },
    });
  });

  it('have their other attributes where a condition holds', () => {
    expect(resolve(template(resources), { Flag: 'true' }).Resources).toMatchObject({
      Optional: { Type: 'AWS::SNS::Topic', DeletionPolicy: 'Delete' },
      Queue: { DependsOn: ['Topic', 'Optional'] },
    });
  });

  it('cannot refer to what a condition leaves out', () => {
    const dangling =
      '  Optional: { Type: AWS::SNS::Topic, Condition: Flagged }\n  Other: { Type: A::B, Properties: { Name: !Ref Optional } }';
    expect(() => resolve(template(dangling))).toThrow('refers to Optional, which its condition leaves out');
  });
});

describe.each(files)('%s', (file) => {
  const text = readFileSync(file, 'utf8');

  it.each([
    ['by default', {}],
    ['hardened', hardened],
  ])('%s is plain', (_variant, parameters) => {
    const { Resources: resources, Outputs: outputs } = resolve(text, parameters);
    const functions = new Set<string>();
    JSON.stringify([resources, outputs], (key, value: unknown) => {
      if (key.startsWith('Fn::') || key === 'Ref') functions.add(key);
      return value;
    });
    expect([...functions].filter((name) => !['Fn::GetAtt', 'Fn::Sub', 'Ref'].includes(name))).toEqual([]);
    expect(Object.values(resources).filter((resource) => 'Condition' in resource)).toEqual([]);
  });

  it('has what its functions are made of', () => {
    const { Properties: properties } = resolve(text).Resources.CreateItemFunction ?? {};
    expect(properties).toMatchObject({ MemorySize: 256, Code: { ZipFile: expect.stringContaining('CreateItem') } });
  });

  it('is hardened by its parameters', () => {
    const [plain, hard] = [resolve(text), resolve(text, hardened)].map(({ Resources }) => Resources);
    expect(plain?.GetItemMethod?.Properties.ApiKeyRequired).toBe(false);
    expect(hard?.GetItemMethod?.Properties.ApiKeyRequired).toBe(true);
    expect(Object.keys(hard ?? {})).toEqual(expect.arrayContaining(['UsagePlan', 'NatGateway2', 'StageWebAcl', 'Domain']));
    expect(Object.keys(plain ?? {})).not.toContain('UsagePlan');
  });
});
