import { describe, expect, it } from 'vitest';
import { parametersPage } from '../../src/docs/parameters.ts';
import { editions } from '../editions.ts';

const template = (parameters: string, groups: string): string => `
Metadata:
  AWS::CloudFormation::Interface:
    ParameterGroups: ${groups}
Parameters: ${parameters}
Resources:
  Table: {Type: AWS::DynamoDB::Table, Properties: {TableName: !Sub 'items-\${Suffix}'}}
`;

const rowOf = (parameter: string): string =>
  parametersPage(template(`{A: ${parameter}}`, '[{Label: {default: All}, Parameters: [A]}]')).match(/^\| `A`.*$/m)?.[0] ??
  '';

describe('the page of parameters', () => {
  it.each([
    ["{Type: String, Default: dev, Description: 'a * b'}", '| `A` | `dev` |  | a \\* b |'],
    ["{Type: String, Default: ''}", '| `A` | empty |  |  |'],
    ['{Type: String}', '| `A` | none: give one |  |  |'],
    ["{Type: String, Default: 'true', AllowedValues: ['true', 'false']}", '| `A` | `true` | `true`, `false` |  |'],
    ['{Type: Number, Default: 5, MinValue: 1, MaxValue: 10}', '| `A` | `5` | 1 to 10 |  |'],
    ['{Type: Number, Default: 0.05, MinValue: 0}', '| `A` | `0.05` | at least 0 |  |'],
    ['{Type: String, Default: x, MaxLength: 20}', '| `A` | `x` | at most 20 characters |  |'],
    [
      "{Type: CommaDelimitedList, Default: '*', AllowedPattern: '^(x|y)$', ConstraintDescription: x or y}",
      '| `A` | `*` | comma-separated; x or y: `^(x\\|y)$` |  |',
    ],
    ["{Type: String, Default: x, AllowedPattern: '^x$'}", '| `A` | `x` | `^x$` |  |'],
  ])('tells of %s', (parameter, expected) => {
    expect(rowOf(parameter)).toBe(expected);
  });

  it('follows the groups', () => {
    const groups = '[{Label: {default: Second}, Parameters: [B]}, {Label: {default: First}, Parameters: [A]}]';
    const page = parametersPage(template('{A: {Type: String}, B: {Type: String}}', groups));
    expect(page.match(/^(?:## .*|\| `.`)/gm)).toEqual(['## Second', '| `B`', '## First', '| `A`']);
  });

  it('rejects parameters and groups that do not match, all at once', () => {
    const groups = '[{Label: {default: One}, Parameters: [A, C]}, {Label: {default: Two}, Parameters: [A]}]';
    expect(() => parametersPage(template('{A: {Type: String}, B: {Type: String}}', groups))).toThrow(
      [
        'group One names C, which is no parameter: remove it or declare it',
        'parameter A is in the groups One and Two: leave it in one',
        'parameter B is in no group: add it to one of AWS::CloudFormation::Interface',
      ].join('\n'),
    );
  });

  it('is the same for both editions', () => {
    const [typescript, python] = editions.map((edition) => parametersPage(edition.template));
    expect(typescript).toContain('`EnvironmentSuffix`');
    expect(python).toBe(typescript);
  });
});
