import { describe, expect, it } from 'vitest';
import { TimeExceeded } from '../../../src/cloudformation/bounded.ts';
import { evaluate } from '../../../src/cloudformation/intrinsics/evaluate.ts';
import type { Json } from '../../../src/cloudformation/json.ts';
import { resolveParameters } from '../../../src/cloudformation/parameters.ts';
import { stackIdentity } from '../../../src/cloudformation/stack-identity.ts';
import { parseTemplate } from '../../../src/cloudformation/template/template.ts';
import { compileTemplate } from '../../../src/twin/gateway/templates/vtl.ts';
import { compileModels } from '../../../src/twin/gateway/validate.ts';

const values = Array.from({ length: 200 }, (_, index) => `V${index}`);
const loop = (name: string, fragment: object): object => ({ [`Fn::ForEach::${name}`]: [name, values, fragment] });
const withLoops = (sections: object): string =>
  JSON.stringify({ Transform: 'AWS::LanguageExtensions', Resources: { T: { Type: 'AWS::SNS::Topic' } }, ...sections });
const name = '${A}${B}${C}';

describe('a template that would take the memory of the machine', () => {
  it('is counted before its loops are expanded', () => {
    const Resources = loop('A', loop('B', loop('C', { [name]: { Type: 'AWS::SNS::Topic' } })));
    expect(() => parseTemplate(withLoops({ Resources }))).toThrow(
      'Resources.Fn::ForEach::A makes 8000000 entries; CloudFormation allows 500 Resources: loop over fewer values, or split the template',
    );
    const Outputs = loop('A', loop('B', loop('C', {})));
    expect(() => parseTemplate(withLoops({ Outputs }))).toThrow('Outputs.Fn::ForEach::A makes 8000000 entries');
  });

  it('is measured while loops in properties are expanded', () => {
    const Properties = loop('A', loop('B', loop('C', { [name]: 'x' })));
    expect(() => parseTemplate(withLoops({ Resources: { T: { Type: 'AWS::SNS::Topic', Properties } } }))).toThrow(
      /^Resources\.T\.Properties\..*: the template has more than 1000000 characters once Fn::ForEach is expanded/,
    );
  });

  it.each([
    ['lists of JSON', `{"Resources":{"T":{"Type":"x","Properties":{"P":${'['.repeat(100_000)}${']'.repeat(100_000)}}}}}`],
    ['maps of JSON', `{"Resources":${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}}`],
    ['lists of YAML', `Resources: ${'[ '.repeat(100_000)}`],
    ['lists of YAML in a line', `Resources:\n  ${'- '.repeat(5000)}x`],
    ['maps of YAML', Array.from({ length: 1000 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')],
  ])('is not read with too many levels of %s', (_what, text) => {
    expect(() => parseTemplate(text)).toThrow('the template has more than 200 levels of maps and lists in each other');
  });

  it('may have any brackets in a text', () => {
    const Properties = { DisplayName: '['.repeat(5000) };
    expect(() => parseTemplate(JSON.stringify({ Resources: { T: { Type: 'AWS::SNS::Topic', Properties } } }))).not.toThrow();
  });

  it('does not evaluate texts that grow by their product', () => {
    const scope = {
      owner: 'T',
      stack: stackIdentity({}),
      parameters: new Map(),
      mappings: new Map(),
      condition: () => undefined,
    };
    let sub: Json = 'x'.repeat(10);
    for (let depth = 0; depth < 40; depth += 1) sub = { 'Fn::Sub': ['${a}${a}', { a: sub }] };
    expect(() => evaluate(sub, scope)).toThrow(/Fn::Sub makes a text of \d+ characters; CloudFormation processes/);
    const join = { 'Fn::Join': ['x'.repeat(100_000), Array.from({ length: 100_000 }, () => 'y')] };
    expect(() => evaluate(join, scope)).toThrow('Fn::Join makes a text of 10000000000 characters');
  });

  it('does not evaluate texts that are too many in all', () => {
    const text = { 'Fn::Join': ['', ['x'.repeat(500_000), 'y'.repeat(500_000)]] };
    const scope = {
      owner: 'T',
      stack: stackIdentity({}),
      parameters: new Map(),
      mappings: new Map(),
      condition: () => undefined,
    };
    for (let count = 0; count < 50; count += 1) evaluate(text, scope);
    expect(() => evaluate(text, scope)).toThrow(
      'T: the texts that Fn::Sub and Fn::Join make have more than 50000000 characters in all: shorten what they join',
    );
    expect(() => evaluate(text, { ...scope, parameters: new Map() })).not.toThrow();
  });
});

describe('a regular expression of a template that never ends', () => {
  const text = `${'a'.repeat(60)}!`;

  it('is told of a parameter, with its name', () => {
    const declarations = new Map([['Name', { Type: 'String', AllowedPattern: '^(a+)+$' }]]);
    expect(() => resolveParameters(declarations, { Name: text })).toThrow(
      'parameter Name: its AllowedPattern ^(a+)+$ takes more than 1 s to match the value: rewrite it',
    );
  });

  it('ends the check of a model, all texts of a body together', () => {
    const schema = { type: 'array', items: { type: 'string', pattern: '^(a+)+$' } };
    const check = compileModels('api', [{ name: 'M', schema }]).get('M');
    expect(check?.(JSON.stringify(['aaa']))).toBeUndefined();
    expect(() => check?.(JSON.stringify([text, text, text]))).toThrow(TimeExceeded);
  });

  it.each([`#set($x = "${text}")$x.matches("(a+)+")`, '#foreach($i in [1..2000000000])#end'])(
    'ends a mapping template: %s',
    (template) => {
      const render = compileTemplate(template);
      const request = { method: 'GET', path: '/', query: '', protocol: 'HTTP/1.1', headers: [], body: undefined };
      const input = { body: '', request, pathParameters: {}, context: {}, stageVariables: {} };
      expect(() => render(input as unknown as Parameters<typeof render>[0])).toThrow(TimeExceeded);
    },
  );
});
