import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { entities, entityPrefix } from '../../src/contract/entities.ts';
import { operations } from '../../src/contract/operations.ts';
import { problems } from '../../src/contract/problems.ts';
import { resourcesOf, template } from './template.ts';

const names = new Set([template.resources, template.parameters, template.outputs].flatMap((section) => [...section.keys()]));
const literalsOf = (page: string): string[] => [
  ...new Set([...page.matchAll(/`([^`\n]+)`/g)].map(([, literal = '']) => literal)),
];

describe.each(['architecture', 'operations', 'security'])('the page on %s', (name) => {
  // The section on entities is about one that the template does not have.
  const page = readFileSync(`docs/${name}.md`, 'utf8').replace(/\n## Entities\n.*?(?=\n## )/s, '');

  it('names resources, parameters and outputs that the template has', () => {
    const cited = literalsOf(page)
      .flatMap((literal) => /^([A-Z][a-z][A-Za-z0-9]+|<Operation>\w+)(?:=\w+)?$/.exec(literal)?.[1] ?? [])
      .flatMap((cite) => (cite.startsWith('<') ? operations.map((one) => cite.replace('<Operation>', one.name)) : cite));
    expect(cited.length).toBeGreaterThan(9);
    expect(cited.filter((cite) => !names.has(cite) && cite !== '<Operation>')).toEqual([]);
  });
});

describe('the page on operations', () => {
  const page = readFileSync('docs/operations.md', 'utf8');
  const ids = Object.keys(resourcesOf('AWS::CloudWatch::Alarm'));
  const prefixes = entities.map(entityPrefix).filter((prefix) => prefix !== '');
  /** The section on an alarm: alarms of other entities than items share those of items. */
  const headingOf = (id: string): string => {
    const prefix = prefixes.find((one) => id.startsWith(one) && ids.includes(id.slice(one.length)));
    return prefix === undefined ? id : id.slice(prefix.length);
  };
  const words = (text: string): number => text.split(/\s+/).length;

  it.each(Object.entries(resourcesOf('AWS::CloudWatch::Alarm')))(
    'says more of %s than its description, and what to do first',
    (id, { Properties: properties }) => {
      const [, section = ''] = new RegExp(`^### ${headingOf(id)}\n(.*?)(?=^##)`, 'ms').exec(page) ?? [];
      expect(section, `docs/operations.md needs a section "### ${headingOf(id)}" that says what to do first`).toMatch(
        /\b[Ff]irst\b/,
      );
      expect(words(section)).toBeGreaterThan(1.5 * words(String(properties?.AlarmDescription)));
    },
  );

  it('has no section of an alarm that is gone', () => {
    const sections = [...page.matchAll(/^### (\w+Alarm)$/gm)].map(([, id]) => id);
    expect(sections.sort()).toEqual([...new Set(ids.map(headingOf))].sort());
  });
});

it('the picture of a request has each status that a problem has', () => {
  const [, picture = ''] = /```mermaid\n(.*?)```/s.exec(readFileSync('docs/architecture.md', 'utf8')) ?? [];
  const drawn = [...picture.matchAll(/\b[45]\d\d\b/g)].map(([status]) => Number(status));
  const statuses = Object.values(problems).flatMap((problem) => ('status' in problem ? [problem.status] : []));
  expect(new Set(drawn)).toEqual(new Set(statuses));
});

describe('links', () => {
  const docs = readdirSync('docs').flatMap((file) => (file.endsWith('.md') ? `docs/${file}` : []));
  const pages = ['README.md', 'CONTRIBUTING.md', 'examples/client-typescript/README.md', ...docs];
  const links = pages.flatMap((page) =>
    [
      ...readFileSync(page, 'utf8')
        .replaceAll(/`[^`\n]+`/g, '')
        .matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]+))?\)/g),
    ].map(([, path, anchor]) => ({
      file: path ? join(dirname(page), path) : page,
      anchor,
    })),
  );

  it('lead to files that are there', () => {
    expect(links.length).toBeGreaterThan(10);
    expect(links.filter(({ file }) => !existsSync(file))).toEqual([]);
  });

  it('lead to headings that are there', () => {
    const toHeadings = links.filter(({ anchor }) => anchor !== undefined);
    expect(toHeadings).not.toEqual([]);
    expect(toHeadings.filter(({ file, anchor }) => !anchorsOf(readFileSync(file, 'utf8')).includes(anchor ?? ''))).toEqual(
      [],
    );
  });
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

/** The anchors that GitHub gives the headings of a page: in lower case, without punctuation, and numbered if they are alike. */
function anchorsOf(page: string): string[] {
  const seen = new Map<string, number>();
  return [...page.replaceAll(/^```.*?^```/gms, '').matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) => {
    const anchor = heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\p{M} _-]/gu, '')
      .replaceAll(' ', '-');
    const count = seen.get(anchor) ?? 0;
    seen.set(anchor, count + 1);
    return count === 0 ? anchor : `${anchor}-${count}`;
  });
}
