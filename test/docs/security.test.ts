import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { operations } from '../../src/contract/operations.ts';
import { editions } from '../../src/stack/editions.ts';
import { buildTemplate } from '../../src/stack/template.ts';

const page = readFileSync('docs/security.md', 'utf8');
const literals = [...new Set([...page.matchAll(/`([^`]+)`/g)].map(([, literal = '']) => literal))];

const edition = editions['template.yaml']?.();
if (!edition) throw new Error('no template.yaml');
const { template } = buildTemplate(edition);
const names = new Set([...Object.keys(template.Resources), ...Object.keys(template.Parameters ?? {})]);

it('names resources and parameters that the template has', () => {
  const cited = literals
    .flatMap((literal) => /^([A-Z][A-Za-z0-9]+|<Operation>\w+)(?:=\w+)?$/.exec(literal)?.[1] ?? [])
    .flatMap((name) =>
      name.startsWith('<') ? operations.map((operation) => name.replace('<Operation>', operation.name)) : name,
    );
  expect(cited.length).toBeGreaterThan(20);
  expect(cited.filter((name) => !names.has(name) && name !== '<Operation>')).toEqual([]);
});

it('names files that are there, in both languages', () => {
  const files = literals.filter((literal) => /^[a-z-]+\.ts$/.test(literal));
  expect(files.length).toBeGreaterThan(5);
  const paths = files.flatMap((file) => [`src/functions/typescript/${file}`, `src/functions/python/${pythonName(file)}`]);
  expect(paths.filter((path) => !existsSync(path))).toEqual([]);
});

/** Names that are modules of Python itself have another there. */
function pythonName(file: string): string {
  const name = file.replace('.ts', '').replaceAll('-', '_');
  return `${{ json: 'json_text', decimal: 'decimal_text' }[name] ?? name}.py`;
}
