import { describe, expect, it } from 'vitest';
import { entities } from '../../src/contract/entities.ts';
import { renderTemplate } from '../../src/stack/render.ts';
import { buildTemplate } from '../../src/stack/template.ts';
import { commentedTemplate, template } from './built.ts';
import { edition, source } from './edition.ts';
import { parseTemplate } from './parse.ts';

const heading = 'The heading.\n\n    command --file template.yaml';
const yaml = renderTemplate(commentedTemplate, heading);

describe('renderTemplate', () => {
  it('gives YAML that reads as exactly the template, in the same order', () => {
    expect(JSON.stringify(parseTemplate(yaml))).toBe(JSON.stringify(template));
  });

  it('gives the same bytes when all is done again', () => {
    expect(renderTemplate(buildTemplate(edition, source), heading)).toBe(yaml);
  });

  it('has the sections in the order of a hand-written file, the shared code last', () => {
    expect(yaml.match(/^[A-Z]\w+(?=:)/gm)).toEqual([
      'AWSTemplateFormatVersion',
      'Description',
      'Metadata',
      'Parameters',
      'Rules',
      'Conditions',
      'Resources',
      'Outputs',
      'Mappings',
    ]);
  });

  it('writes functions in short form, except those of rules, and code as it is', () => {
    expect(yaml).toContain('Role: !GetAtt CreateItemRole.Arn\n');
    expect(yaml.match(/Fn::\w+/g)).toEqual(['Fn::Contains', 'Fn::EachMemberEquals']);
    expect(yaml).toContain(`        ZipFile: !Join
          - "\\n"
          - - !FindInMap [Code, Shared, Imports]
            - !FindInMap [Code, Shared, Respond]
            - |
              // create-item.ts: Does it.

              exports.lambda_handler = async () => {
                return respond('create-item');
              };

`);
    expect(yaml).toContain(`Mappings:
  Code:
    Shared:
      Imports: |
        'use strict';

      Respond: |
        // respond.ts: Responds.
`);
  });

  it('begins with the heading as a comment, its commands as they are', () => {
    expect(yaml).toMatch(/^# The heading\.\n#\n# {5}command --file template\.yaml\n\nAWSTemplateFormatVersion: /);
  });

  it('has an empty line between resources, a heading above each group, and comments above what they are about', () => {
    const [, resources = ''] = /^Resources:\n([\s\S]*?)\n^Outputs:/m.exec(yaml) ?? [];
    const blocks = resources.split(/\n\n(?= {2}\S)/);
    expect(blocks.length).toBe(Object.keys(template.Resources).length);
    const [rule] = /^ {2}# -+$/m.exec(yaml) ?? [''];
    expect(rule).toHaveLength(118);
    for (const title of [
      'UpdateItem: PUT /items/{id}',
      entities.length === 1 ? 'Data: one table that holds all items' : 'Data: a table for each entity',
      'Stage: throttling, access and execution logs, tracing',
    ]) {
      expect(yaml).toContain(`\n\n${rule}\n  # ${title}\n${rule}\n`);
    }
    expect(yaml).toMatch(/# A deployment keeps the methods, [^\n]*\n( {2}#[^\n]*\n)+ {2}DeploymentIam/);
    expect(yaml).toMatch(
      / # AWSLambdaVPCAccessExecutionRole allows every log group of the account\. Deny all but the one of this\n +# function\.\n +- Sid: NoOtherLogGroup\n/,
    );
  });

  it('has no line over 120 columns but for texts that cannot be broken', () => {
    const long = yaml.split('\n').filter((line) => line.length > 120);
    expect(long.filter((line) => !/^ *\w+: (?:!Sub )?\S+$/.test(line))).toEqual([]);
    expect(yaml).not.toMatch(/[ \t]$/m);
  });
});
