import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderTemplate } from '../../src/stack/render.ts';
import { buildTemplate } from '../../src/stack/template.ts';
import { edition } from './edition.ts';
import { parseTemplate } from './parse.ts';

const built = buildTemplate(edition);
const yaml = renderTemplate(built, 'heading');

describe('renderTemplate', () => {
  it('gives YAML that parses to exactly the template of the CDK', () => {
    expect(parseTemplate(yaml)).toEqual(built.template);
  });

  it('is the same to the byte when all is done again', () => {
    expect(renderTemplate(buildTemplate(edition), 'heading')).toBe(yaml);
  });

  it('writes functions in short form, code as block literals, and no function in long form but those of rules', () => {
    expect(yaml).toContain('!GetAtt CreateItemRole.Arn');
    expect(yaml).toMatch(/^ +- \|\n +exports\.lambda_handler = /m);
    expect(yaml.match(/Fn::\w+/g)).toEqual(['Fn::Contains', 'Fn::EachMemberEquals']);
  });

  it('has the sections in the order of a hand-written file', () => {
    expect(yaml.match(/^[A-Z]\w+(?=:)/gm)).toEqual([
      'AWSTemplateFormatVersion',
      'Description',
      'Metadata',
      'Parameters',
      'Rules',
      'Mappings',
      'Conditions',
      'Resources',
      'Outputs',
    ]);
  });

  it('puts comments above what they are about', () => {
    expect(yaml).toMatch(/^# heading\n/);
    expect(yaml).toMatch(/\n\n # Deployments are snapshots[^\n]*\n(?: # [^\n]*\n)* DeploymentIam\w+:/);
  });

  it('changes no string, whatever it looks like and wherever it stands', () => {
    const traps = [
      'on',
      'No',
      '012',
      '1:30',
      '2012-10-17',
      '~',
      '',
      ' a ',
      '# a',
      'a: b',
      '!Ref x',
      '${A}',
      "'",
      '"',
      '*',
      '&a',
      '- a',
      'a, b',
      ',',
      'a,b , c',
      '1e3',
      'a\nb\n',
      'a\n\n b',
      '\n',
      '\ttab',
      '\u2028',
      'é',
    ];
    const values = fc.array(fc.oneof(fc.constantFrom(...traps), fc.string(), fc.string({ unit: 'binary' })));
    fc.assert(
      fc.property(values, (strings) => {
        const template = {
          Resources: {
            A: { Type: 'T', Properties: { strings, each: Object.fromEntries(strings.map((text, i) => [`k${i}`, text])) } },
          },
        };
        expect(parseTemplate(renderTemplate({ template, comments: {} }, 'x'))).toEqual(template);
      }),
    );
  });
});
