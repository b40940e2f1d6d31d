import { describe, expect, it } from 'vitest';
import { resolveParameters } from '../../src/cloudformation/parameters.ts';
import type { ParameterDeclaration } from '../../src/cloudformation/template/template.ts';

const resolve = (declaration: ParameterDeclaration, value?: string) =>
  resolveParameters(new Map([['P', declaration]]), value === undefined ? {} : { P: value }).get('P');

describe('values', () => {
  it.each<[ParameterDeclaration, string | undefined, unknown]>([
    [{ Type: 'String', Default: 'dev' }, undefined, 'dev'],
    [{ Type: 'String', Default: 'dev' }, 'prod', 'prod'],
    [{ Type: 'String', Default: true }, undefined, 'true'],
    [{ Type: 'String', Default: '' }, undefined, ''],
    [{ Type: 'Number', Default: 256 }, undefined, '256'],
    [{ Type: 'Number' }, '1.5', '1.5'],
    [{ Type: 'List<Number>' }, '1, 2', ['1', '2']],
    [{ Type: 'CommaDelimitedList' }, 'a, b ,c', ['a', 'b', 'c']],
    [{ Type: 'AWS::EC2::VPC::Id' }, 'vpc-0a1b2c3d', 'vpc-0a1b2c3d'],
    [{ Type: 'List<AWS::EC2::Subnet::Id>' }, 'subnet-0a1b2c3d,subnet-0a1b2c3e', ['subnet-0a1b2c3d', 'subnet-0a1b2c3e']],
    [{ Type: 'String', AllowedPattern: '[a-z]+' }, 'abc', 'abc'],
  ])('%j given %j', (declaration, given, value) => {
    expect(resolve(declaration, given)).toEqual(value);
  });
});

describe('rejections name the parameter, the value and the constraint', () => {
  it.each<[ParameterDeclaration, string, string]>([
    [{ Type: 'String', AllowedValues: ['a', 'b'] }, 'c', 'parameter P: "c" is not one of the allowed values a, b'],
    [{ Type: 'String', AllowedPattern: '[a-z]+' }, 'ab1', 'parameter P: "ab1" does not match the pattern [a-z]+'],
    [
      { Type: 'String', AllowedPattern: '[a-z]+', ConstraintDescription: 'lower case only' },
      'A',
      'parameter P: "A" does not match the pattern [a-z]+ (lower case only)',
    ],
    [{ Type: 'String', MinLength: 2 }, 'a', 'parameter P: "a" is shorter than 2 characters'],
    [{ Type: 'String', MaxLength: '2' }, 'abc', 'parameter P: "abc" is longer than 2 characters'],
    [{ Type: 'Number', MinValue: 256 }, '128', 'parameter P: "128" is less than 256'],
    [{ Type: 'Number', MaxValue: 10 }, '10.1', 'parameter P: "10.1" is more than 10'],
    [{ Type: 'Number' }, 'many', 'parameter P: "many" is not a value of the type Number'],
    [{ Type: 'Number' }, '', 'parameter P: "" is not a value of the type Number'],
    [{ Type: 'CommaDelimitedList', AllowedValues: ['a'] }, 'a,b', 'parameter P: "b" is not one of the allowed values a'],
    [{ Type: 'AWS::EC2::VPC::Id' }, 'main', 'parameter P: "main" is not a value of the type AWS::EC2::VPC::Id'],
  ])('%j given %j', (declaration, given, message) => {
    expect(() => resolve(declaration, given)).toThrow(expect.objectContaining({ code: 'INVALID_PARAMETER', message }));
  });

  it('rejects types that read from an account', () => {
    expect(() => resolve({ Type: 'AWS::SSM::Parameter::Value<String>' }, '/x')).toThrow(/no Parameter Store/);
    expect(() => resolve({ Type: 'Text' }, 'x')).toThrow('parameter P: the type Text is not supported by the local twin');
  });

  it('names everything at once: unknown names and all missing values', () => {
    const declarations = new Map<string, ParameterDeclaration>([
      ['First', { Type: 'String' }],
      ['Second', { Type: 'Number' }],
      ['Third', { Type: 'String', Default: '' }],
    ]);
    expect(() => resolveParameters(declarations, { Fourth: '4' })).toThrow(
      'the template has no parameter Fourth; its parameters are First, Second, Third\n' +
        'parameters without a value or default: First, Second; give each one as Name=Value',
    );
  });
});
