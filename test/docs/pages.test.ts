import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { operations } from '../../src/contract/operations.ts';
import { editions } from '../../src/stack/editions.ts';
import { buildTemplate } from '../../src/stack/template.ts';

const edition = editions['template.yaml']?.();
if (!edition) throw new Error('no template.yaml');
const { template } = buildTemplate(edition);
const names = new Set(
  [template.Resources, template.Parameters, template.Outputs].flatMap((section) => Object.keys(section ?? {})),
);
const literalsOf = (page: string): string[] => [
  ...new Set([...page.matchAll(/`([^`\n]+)`/g)].map(([, literal = '']) => literal)),
];

describe.each(['architecture', 'operations', 'security'])('the page on %s', (name) => {
  const page = readFileSync(`docs/${name}.md`, 'utf8');

  it('names resources, parameters and outputs that the template has', () => {
    const cited = literalsOf(page)
      .flatMap((literal) => /^([A-Z][a-z][A-Za-z0-9]+|<Operation>\w+)(?:=\w+)?$/.exec(literal)?.[1] ?? [])
      .flatMap((cite) => (cite.startsWith('<') ? operations.map((one) => cite.replace('<Operation>', one.name)) : cite));
    expect(cited.length).toBeGreaterThan(9);
    expect(cited.filter((cite) => !names.has(cite) && cite !== '<Operation>')).toEqual([]);
  });
});

it('tells of every alarm what it means', () => {
  const page = readFileSync('docs/operations.md', 'utf8');
  const alarms = Object.entries(template.Resources).flatMap(([id, { Type }]) =>
    Type === 'AWS::CloudWatch::Alarm' ? [id] : [],
  );
  const kinds = new Set(
    alarms.map((id) => operations.reduce((kind, { name }) => kind.replace(new RegExp(`^${name}`), '<Operation>'), id)),
  );
  expect(kinds.size).toBe(6);
  for (const kind of kinds) expect(page).toMatch(new RegExp(`^\\| \`${kind}\` \\| .{20,} \\| .{20,} \\|$`, 'm'));
});

it('links to files that are there', () => {
  const links = ['README.md', 'CONTRIBUTING.md', ...readdirSync('docs').map((file) => `docs/${file}`)].flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, target = '']) =>
      join(dirname(file), target),
    ),
  );
  expect(links.length).toBeGreaterThan(10);
  expect(links.filter((target) => !existsSync(target))).toEqual([]);
});

it('names files of functions that are there, in both languages', () => {
  const files = literalsOf(readFileSync('docs/security.md', 'utf8')).filter((literal) => /^[a-z-]+\.ts$/.test(literal));
  expect(files.length).toBeGreaterThan(5);
  const paths = files.flatMap((file) => [`src/functions/typescript/${file}`, `src/functions/python/${pythonName(file)}`]);
  expect(paths.filter((path) => !existsSync(path))).toEqual([]);
});

/** Names that are modules of Python itself have another there. */
function pythonName(file: string): string {
  const name = file.replace('.ts', '').replaceAll('-', '_');
  return `${{ json: 'json_text', decimal: 'decimal_text' }[name] ?? name}.py`;
}
