import { describe, expect, it } from 'vitest';
import { parseTemplate } from '../../../src/local/template/template.ts';

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
    ['a key that comes twice', '[X, [a, a], {"A${X}": {Type: T}}]', 'Aa comes twice out of Fn::ForEach'],
  ])('refuses %s by name', (_what, text, message) => {
    const loop = () => (text.startsWith('Transform') ? parseTemplate(text) : expand(`  Fn::ForEach::L: ${text}`));
    expect(loop).toThrow(message);
  });
});
