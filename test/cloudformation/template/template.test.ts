import { describe, expect, it } from 'vitest';
import { LocalError } from '../../../src/cloudformation/errors.ts';
import { parseTemplate } from '../../../src/cloudformation/template/template.ts';

const resources = 'Resources:\n  Gateway:\n    Type: AWS::EC2::InternetGateway\n';

const faults = (text: string): string[] => {
  try {
    parseTemplate(text);
  } catch (error) {
    if (error instanceof LocalError && error.code === 'INVALID_TEMPLATE') return error.message.split('\n');
    throw error;
  }
  return [];
};

const properties = (yaml: string) =>
  parseTemplate(`Resources:\n  R:\n    Type: A::B::C\n    Properties:\n      P: ${yaml}\n`).resources.get('R')?.Properties
    ?.P;

describe('a template in YAML', () => {
  it.each([
    ['!Ref Table', { Ref: 'Table' }],
    ['!GetAtt Table.Arn', { 'Fn::GetAtt': ['Table', 'Arn'] }],
    ['!GetAtt Table.Endpoint.Address', { 'Fn::GetAtt': ['Table', 'Endpoint.Address'] }],
    ['!GetAtt [Table, Arn]', { 'Fn::GetAtt': ['Table', 'Arn'] }],
    ['!Sub "${A}-b"', { 'Fn::Sub': '${A}-b' }],
    ['!Join [",", [!Ref A, b]]', { 'Fn::Join': [',', [{ Ref: 'A' }, 'b']] }],
    ['!If [On1, 1, !Ref "AWS::NoValue"]', { 'Fn::If': ['On1', 1, { Ref: 'AWS::NoValue' }] }],
    ['!Condition Other', { Condition: 'Other' }],
    ['{ Ref: Table }', { Ref: 'Table' }],
    ['2012-10-17', '2012-10-17'],
    ['yes', true],
    ['N', 'N'],
    ['Nope', 'Nope'],
    ['e3', 'e3'],
    ['on', true],
    ['012345678901', '012345678901'],
    ['12345678901234567890', '12345678901234567890'],
    ['1.10', '1.10'],
    ['30', 30],
    ['"30"', '30'],
  ])('reads %s', (yaml, value) => {
    expect(properties(yaml)).toEqual(value);
  });

  it('keeps names that objects of JavaScript have of their own', () => {
    const template = parseTemplate(`${resources}    Properties: { __proto__: { constructor: 1 } }\n`);
    const read = template.resources.get('Gateway')?.Properties ?? {};
    expect(Object.keys(read)).toEqual(['__proto__']);
    expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
  });
});

it('reads JSON, indented with tabs too', () => {
  const template = parseTemplate(
    '{\n\t"Resources": {\n\t\t"Vpc": {"Type": "AWS::EC2::VPC", "Properties": {"A": {"Ref": "X"}}}\n\t}\n}',
  );
  expect(template.resources.get('Vpc')).toEqual({ Type: 'AWS::EC2::VPC', Properties: { A: { Ref: 'X' } } });
});

describe('what is wrong is said with its line', () => {
  it.each([
    [`${resources}Resource: {}\n`, /^line 4: there is no section Resource in a template; did you mean Resources\?$/],
    [`Transform: AWS::Serverless-2016-10-31\n${resources}`, /^line 1: Transform is "AWS::Serverless-2016-10-31"/],
    ['Resources:\n  A:\n    Properties: {}\n', 'line 2: Resources.A has no Type: add one'],
    [
      'Resources:\n  A:\n    Type: T\n    CreatePolicy: {}\n',
      /^line 4: Resources.A: CreatePolicy is not supported by the local twin/,
    ],
    [
      'Resources:\n  A:\n    Type: T\n    DeletionPolicy: Snapshot\n',
      /^line 4: Resources.A: DeletionPolicy must be one of Delete/,
    ],
    ['Resources:\n  A-b:\n    Type: T\n', /^line 2: Resources.A-b: names have letters and digits only/],
    [
      'Resources:\n  A:\n    Type: T\n    Properties:\n      P:\n',
      'line 5: Resources.A.Properties.P has no value: give it one, or remove it',
    ],
    [
      'Resources:\n  A:\n    Type: !Reff T\n',
      'line 3: !Reff is not an intrinsic function of CloudFormation; did you mean !Ref?',
    ],
    [
      'Resources:\n  A: &a\n    Type: T\n  B: *a\n',
      'line 4: CloudFormation does not support YAML aliases: write the value of *a out',
    ],
    ['Resources:\n  A:\n    Type: [T\n', /^line \d: .*: correct the YAML or JSON syntax$/],
    [
      `AWSTemplateFormatVersion: 2010-09-10\n${resources}`,
      /^line 1: AWSTemplateFormatVersion is "2010-09-10"; the only one/,
    ],
    [
      `Parameters:\n  P:\n    Type: String\n    AllowedPattern: "["\n${resources}`,
      /^line 4: Parameters.P: AllowedPattern is not a regular/,
    ],
    [
      `Mappings:\n  M:\n    A: { B: !Ref C }\n${resources}`,
      /^line 2: Mappings.M: a mapping has two levels of keys, and literal/,
    ],
    [`Outputs:\n  O:\n    Description: none\n${resources}`, 'line 2: Outputs.O has no Value: add one'],
    [
      `Outputs:\n  O:\n    Value: 1\n    Description: !Sub '\${A}'\n${resources}`,
      'line 4: Outputs.O: Description must be a literal string, not {"Fn::Sub":"${A}"}',
    ],
    ['Resources: {}\n', 'line 1: Resources must be a map of names to declarations'],
    ['Description: nothing\n', 'the template has no Resources: declare at least one'],
    ['', 'the template is empty: declare Resources in it, or name another one'],
    ['text', 'the template must be a map of sections, Resources among them'],
  ])('%j', (text, fault) => {
    const [first, ...others] = faults(text);
    expect(first).toMatch(fault);
    expect(others).toEqual([]);
  });
});

it.each([
  ['Resources:\n  A:\n    Type: T\n  A:\n    Type: U\n', 'Line 4: duplicate key A (first in line 2).'],
  ['{"Resources": {"A": {"Type": "T"},\n"A": {"Type": "U"}}}', 'Line 2: duplicate key A (first in line 1).'],
])('takes the last of the same keys, and warns: %j', (text, warning) => {
  const { resources, warnings } = parseTemplate(text);
  expect(resources.get('A')?.Type).toBe('U');
  expect(warnings).toEqual([expect.stringContaining(warning)]);
});

it('reports all faults together', () => {
  expect(faults('Resources:\n  A:\n    Metadata: {}\n  B:\n    Type: 1\nOutput: {}\n')).toHaveLength(3);
});

it('shows the first errors of a file that is no YAML, and counts the others', () => {
  const [first, second, third, ...others] = faults('a: b: c\n- x\n}{\n%% no\n\t- tab\n: : :\n[[[\n');
  for (const fault of [first, second, third]) expect(fault).toMatch(/^line \d: .*: correct the YAML or JSON syntax$/);
  expect(others).toEqual([expect.stringMatching(/^and \d+ more$/)]);
});

it('rejects a template above 1 MB', () => {
  expect(faults(`${resources}#${'x'.repeat(1_000_000)}`)).toEqual([
    expect.stringMatching(/CloudFormation takes at most 1000000/),
  ]);
});
