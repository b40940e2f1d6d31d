import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { stackIdentity } from '../../src/cloudformation/stack-identity.ts';
import { prepare } from '../../src/twin/prepare.ts';

const template = readFileSync(new URL('fixture.yaml', import.meta.url), 'utf8');
const stack = stackIdentity({});

const prepared = (from: string, to: string, parameters: Readonly<Record<string, string>> = {}) => {
  const text = template.replaceAll(from, to);
  expect(text).not.toBe(template);
  return () => prepare(text, stack, parameters);
};

describe('the nearest name is offered for a misspelt one', () => {
  const variable = 'TABLE: !Ref Table';
  it.each<[string, string, RegExp]>([
    [
      'AWS::Lambda::Function',
      'AWS::Lambda::Funtion',
      /^Function \(AWS::Lambda::Funtion\): .*; did you mean AWS::Lambda::Function\?$/,
    ],
    ['Handler: index', 'Handlr: index', /property Handlr .* did you mean Handler\?$/m],
    ['Effect: Allow', 'Efect: Allow', /Statement\.0\.Efect .* did you mean Effect\?$/m],
    ['Resources:', 'Resorces:', /^line 13: there is no section Resorces in a template; did you mean Resources\?$/],
    ['Properties: { Name: greeter', 'Propertis: { Name: greeter', /Propertis .* did you mean Properties\?$/],
    ['DependsOn: Method', 'DependsOn: Methd', /^Deployment .* names Methd, .* did you mean Method\?$/],
    ['Condition: HasKey', 'Condition: HsKey', /^Key .*: there is no condition HsKey; did you mean HasKey\?$/m],
    ['!If [HasKey', '!If [HasKye', /^Method [^\n]*: there is no condition HasKye; did you mean HasKey\?$/],
    ['!Ref WithKey', '!Ref WithKy', /^Conditions\.HasKey: refers to WithKy, .*; did you mean WithKey\?$/],
    [variable, 'TABLE: !Ref Tabel', /^Function [^\n]*: refers to Tabel, [^\n]*; did you mean Table\?$/],
    [variable, 'TABLE: !Sub "${Tabel.Arn}"', /refers to Tabel, .*; did you mean Table\?$/],
    [variable, 'TABLE: !Ref AWS::Regon', /AWS::Regon is not a pseudo parameter; did you mean AWS::Region\?$/],
    [variable, 'TABLE: !Joinn [a, [b]]', /^line 36: !Joinn is not .*; did you mean !Join\?$/],
    [variable, 'TABLE: { "Fn::Joinn": [a, [b]] }', /: Fn::Joinn is not supported .*; did you mean Fn::Join\?$/],
    [variable, 'TABLE: { Reff: Table }', /must be a string, not \{"Reff":"Table"\}; did you mean Ref\?$/],
    ['Assert: !Not', 'Assert: { "Fn::Nt": 1 } #', /Fn::Nt is not supported .*; did you mean Fn::Not\?$/],
    ['PAY_PER_REQUEST', 'PAY_PER_REQEST', /must be one of .*, not "PAY_PER_REQEST"; did you mean PAY_PER_REQUEST\?$/],
    ['Type: String, Default: hello', 'Type: Sting, Default: hello', /type Sting .*; did you mean String\?$/],
    ['AllowedPattern', 'AlowedPattern', /AlowedPattern .*; did you mean AllowedPattern\?$/],
  ])('%s as %s', (from, to, message) => {
    expect(prepared(from, to)).toThrow(message);
  });

  it('of mappings and their keys', () => {
    const mappings = 'Mappings: { Sizes: { Small: { Memory: 128 } } }\nResources:';
    const find = (name: string, top: string, second: string) => () =>
      prepare(
        template.replace('Resources:', mappings).replace(variable, `TABLE: !FindInMap [${name}, ${top}, ${second}]`),
        stack,
      );
    expect(find('Sizs', 'Small', 'Memory')).toThrow(/there is no mapping Sizs; did you mean Sizes\?$/);
    expect(find('Sizes', 'Smal', 'Memory')).toThrow(/Sizes has no key Smal; did you mean Small\?$/);
    expect(find('Sizes', 'Small', 'Memry')).toThrow(/Sizes\.Small has no key Memry; did you mean Memory\?$/);
    expect(find('Sizes', 'Small', 'X')).toThrow(/Sizes\.Small has no key X; it has Memory$/);
  });

  it('of parameters and their values', () => {
    const given = (parameters: Readonly<Record<string, string>>) => () => prepare(template, stack, parameters);
    expect(given({ Greting: 'x' })).toThrow(/^the template has no parameter Greting; did you mean Greeting\?$/);
    expect(given({ WithKey: 'tru' })).toThrow(/"tru" is not one of the allowed values true, false; did you mean true\?$/);
  });
});

it('says of an empty template that it is empty', () => {
  for (const text of ['', '\n\n', '# nothing yet\n']) expect(() => prepare(text, stack)).toThrow(/^the template is empty: /);
});
