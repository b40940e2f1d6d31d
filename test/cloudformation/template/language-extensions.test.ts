import { describe, expect, it } from 'vitest';
import { parseTemplate } from '../../../src/cloudformation/template/template.ts';

const expand = (resources: string, rest = '') =>
  Object.fromEntries(parseTemplate(`Transform: AWS::LanguageExtensions\n${rest}\nResources:\n${resources}`).resources);

describe('Fn::ForEach', () => {
  it('makes an entry of each value, with the identifier replaced in keys, Ref and Fn::Sub, and only there', () => {
    const resources = expand(`
  Fn::ForEach::Topics:
  - Name
  - [Success, Failure]
  - Topic\${Name}:
      Type: AWS::SNS::Topic
      Properties:
        TopicName: !Ref Name
        DisplayName: !Sub \${AWS::StackName}-\${Name}
        Other: {Ref: !Sub 'Topic\${Name}'}
        Arn: !GetAtt [!Sub 'Topic\${Name}', TopicArn]
        Row: !FindInMap [Rows, !Ref Name, Column]
        Long: !Sub ['\${Name}/\${Tail}', {Tail: !Ref Name}]
        Plain: \${Name}
        \${Name}: kept`);
    expect(Object.keys(resources)).toEqual(['TopicSuccess', 'TopicFailure']);
    expect(resources.TopicFailure?.Properties).toEqual({
      TopicName: 'Failure',
      DisplayName: { 'Fn::Sub': '${AWS::StackName}-Failure' },
      Other: { Ref: 'TopicFailure' },
      Arn: { 'Fn::GetAtt': ['TopicFailure', 'TopicArn'] },
      Row: { 'Fn::FindInMap': ['Rows', 'Failure', 'Column'] },
      Long: { 'Fn::Sub': ['Failure/${Tail}', { Tail: 'Failure' }] },
      Plain: '${Name}',
      '${Name}': 'kept',
    });
  });

  it('nests, and takes from a key what a logical id cannot hold', () => {
    const resources = expand(`
  Fn::ForEach::Outer:
  - A
  - [x-1, why]
  - Fn::ForEach::Inner\${A}:
    - B
    - ['1', '2']
    - Topic&{A}\${B}: {Type: AWS::SNS::Topic, Properties: {TopicName: !Sub '\${A}\${B}'}}`);
    expect(Object.entries(resources).map(([id, { Properties }]) => [id, Properties?.TopicName])).toEqual([
      ['Topicx11', 'x-11'],
      ['Topicx12', 'x-12'],
      ['Topicwhy1', 'why1'],
      ['Topicwhy2', 'why2'],
    ]);
  });

  it('nests by any name, as the loop of outputs in AWS’s own example of nested loops', () => {
    const resources = expand(`
  Fn::ForEach::Outer:
  - A
  - [x, y]
  - Fn::ForEach::Inner:
    - B
    - [p, q]
    - T\${A}\${B}: {Type: AWS::SNS::Topic, Properties: {TopicName: !Ref A, DisplayName: !Ref B}}`);
    expect(Object.keys(resources)).toEqual(['Txp', 'Txq', 'Typ', 'Tyq']);
    expect(resources.Tyq?.Properties).toEqual({ TopicName: 'y', DisplayName: 'q' });
  });

  it('nests three deep beside what stands there, with the identifiers of all loops in the innermost', () => {
    const resources = expand(`
  Fn::ForEach::Outer:
  - A
  - [x]
  - Own\${A}: {Type: AWS::SNS::Topic}
    Fn::ForEach::Middle\${A}:
    - B
    - [y, z]
    - Own\${A}\${B}: {Type: AWS::SNS::Topic}
      Fn::ForEach::Inner\${A}\${B}:
      - C
      - ['1']
      - Own\${A}\${B}\${C}: {Type: AWS::SNS::Topic, DependsOn: [!Sub 'Own\${A}\${B}'], Condition: !Sub 'Is\${C}'}`);
    expect(Object.keys(resources)).toEqual(['Ownx', 'Ownxy', 'Ownxy1', 'Ownxz', 'Ownxz1']);
    expect(resources.Ownxz1).toMatchObject({ DependsOn: ['Ownxz'], Condition: 'Is1' });
  });

  it('makes conditions, and the resources and outputs that they decide on', () => {
    const template = parseTemplate(`
Transform: AWS::LanguageExtensions
Conditions:
  Fn::ForEach::Alarms:
  - Name
  - [Errors, Latency]
  - Has\${Name}: !Not [!Equals [!Ref {Fn::Sub: '\${Name}Threshold'}, '']]
    HasNo\${Name}: !Not [{Condition: !Sub 'Has\${Name}'}]
Resources:
  Fn::ForEach::Topics:
  - Name
  - [Errors, Latency]
  - Topic\${Name}: {Type: AWS::SNS::Topic, Condition: !Sub 'Has\${Name}'}
Outputs:
  Fn::ForEach::Arns:
  - Name
  - [Errors, Latency]
  - Arn\${Name}: {Value: !If [!Sub 'Has\${Name}', !Ref {Fn::Sub: 'Topic\${Name}'}, none]}`);
    expect(Object.fromEntries(template.conditions)).toMatchObject({
      HasErrors: { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'ErrorsThreshold' }, ''] }] },
      HasNoLatency: { 'Fn::Not': [{ Condition: 'HasLatency' }] },
    });
    expect(template.resources.get('TopicLatency')?.Condition).toBe('HasLatency');
    expect(template.outputs.get('ArnErrors')?.Value).toEqual({ 'Fn::If': ['HasErrors', { Ref: 'TopicErrors' }, 'none'] });
  });

  it('keeps the lines of what stands outside of loops', () => {
    expect(() => expand('  A: {Type: AWS::SNS::Topic, Nonsense: 1}')).toThrow(/line \d+: Resources\.A: Nonsense/);
  });

  it('does not make a literal of a Description that is none', () => {
    const loop = "  Fn::ForEach::L: [X, [a], {'O${X}': {Value: 1, Description: !Sub '${X}'}}]";
    expect(() => expand('  A: {Type: T}', `Outputs:\n${loop}`)).toThrow(
      /^line 3: Outputs\.O\$\{X\}: Description must be a literal string, not \{"Fn::Sub"/,
    );
  });

  it.each([
    [
      'another transform',
      'Transform: AWS::Serverless-2016-10-31\nResources: {}',
      'line 1: Transform is "AWS::Serverless-2016-10-31"',
    ],
    ['no list', '{X: 1}', 'Resources.Fn::ForEach::L must be a list of an identifier, a list of values and a map'],
    ['values that are not literal', '[X, !Ref P, {"A${X}": {}}]', 'takes a literal list of strings as the values'],
    ['a key without the identifier', '[X, [a], {A: {Type: T}}]', 'the key A must contain ${X}'],
    ['a key that comes twice', '[X, [a, a], {"A${X}": {Type: T}}]', 'Aa is created twice by Fn::ForEach'],
  ])('rejects %s by name', (_what, text, message) => {
    const loop = () => (text.startsWith('Transform') ? parseTemplate(text) : expand(`  Fn::ForEach::L: ${text}`));
    expect(loop).toThrow(message);
  });
});

describe('a name that a function yields', () => {
  const mappings = `Mappings:
  Names: {Get: {Function: GetItemFunction, Verb: Get, Number: 7}}
  Verbs: {Get: {Key: Function}}`;
  const properties = (text: string) => expand(`  A: {Type: T, Properties: ${text}}`, mappings).A?.Properties;

  it.each<[text: string, expected: unknown]>([
    ['{P: !Ref {Fn::FindInMap: [Names, Get, Function]}}', { Ref: 'GetItemFunction' }],
    ['{P: {Ref: !FindInMap [Names, Get, !FindInMap [Verbs, Get, Key]]}}', { Ref: 'GetItemFunction' }],
    ['{P: !GetAtt [!FindInMap [Names, Get, Function], Arn]}', { 'Fn::GetAtt': ['GetItemFunction', 'Arn'] }],
    [
      "{P: !GetAtt [!Sub ['${Verb}ItemRole', {Verb: !FindInMap [Names, Get, Verb]}], Arn]}",
      { 'Fn::GetAtt': ['GetItemRole', 'Arn'] },
    ],
    ["{P: {Ref: !Sub ['Key${N}', {N: !FindInMap [Names, Get, Number]}]}}", { Ref: 'Key7' }],
    ["{P: {Ref: !Join ['', [A, !FindInMap [Names, Get, Verb]]]}}", { Ref: 'AGet' }],
    ["{P: !Join ['', [!Ref {Fn::FindInMap: [Names, Get, Verb]}, x]]}", { 'Fn::Join': ['', [{ Ref: 'Get' }, 'x']] }],
  ])('%s', (text, expected) => {
    expect(properties(text)).toEqual({ P: expected });
  });

  it('may depend on the value of a loop', () => {
    const resources = expand(
      `
  Fn::ForEach::Aliases:
  - Verb
  - [Get]
  - Alias\${Verb}:
      Type: T
      Properties:
        Name: !Ref {Fn::FindInMap: [Names, !Ref Verb, Function]}
        Role: !GetAtt [!Sub ['\${V}ItemRole', {V: !FindInMap [Names, !Ref Verb, Verb]}], Arn]`,
      mappings,
    );
    expect(resources.AliasGet?.Properties).toEqual({
      Name: { Ref: 'GetItemFunction' },
      Role: { 'Fn::GetAtt': ['GetItemRole', 'Arn'] },
    });
  });

  it.each([
    [
      '{P: {Ref: !Ref Parameter}}',
      /^Resources\.A\.Properties\.P: the local twin cannot evaluate the name \{"Ref":"Parameter"\}/,
    ],
    [
      '{P: {Ref: !FindInMap [Names, Put, Function]}}',
      /cannot evaluate the name .*"Put".* it supports Fn::FindInMap, Fn::Sub and Fn::Join/,
    ],
    ["{P: !GetAtt [!Sub '${AWS::Region}Role', Arn]}", /Properties\.P: .*cannot evaluate the name/],
  ])('is rejected if only the evaluation could tell it: %s', (text, message) => {
    expect(() => properties(text)).toThrow(message);
  });

  it('keeps the lines of what it stands in', () => {
    const broken = '  A: {Type: T, Properties: {P: !Ref {Fn::FindInMap: [Names, Get, Verb]}}, Nonsense: 1}';
    expect(() => expand(broken, mappings)).toThrow(/^line \d+: Resources\.A: Nonsense/);
  });
});
