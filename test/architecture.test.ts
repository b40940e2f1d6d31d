import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
/** A path as it is on every system but Windows. */
function withSlashes(path: string): string {
  return path.replaceAll(sep, '/');
}

const tops = ['src', 'audit', 'scan', 'bench', 'campaign', 'prove', 'package', 'trial', 'examples'];
const files = globSync(
  tops.map((top) => `${top}/**/*.ts`),
  { cwd: root },
)
  .filter((file) => !file.includes('node_modules'))
  .map(withSlashes)
  .sort();

/** What each folder of src/, and each beside it, may import beside itself. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  contract: [],
  text: [],
  cloudformation: ['text'],
  functions: [],
  stack: ['contract'],
  local: ['cloudformation', 'text'],
  conformance: ['contract', 'openapi'],
  docs: ['cloudformation', 'contract'],
  openapi: ['contract'],
  page: ['cloudformation', 'contract', 'local', 'openapi', 'tables', 'text'],
  tables: ['cloudformation', 'local', 'text'],
  deploy: ['cloudformation', 'text'],
  cli: [
    ...[
      'contract',
      'text',
      'cloudformation',
      'local',
      'page',
      'tables',
      'conformance',
      'stack',
      'docs',
      'openapi',
      'deploy',
    ],
  ],
  audit: [],
  scan: ['cloudformation', 'contract', 'local'],
  bench: ['contract', 'cloudformation', 'local', 'scan', 'test', 'docs', 'functions'],
  campaign: ['cloudformation', 'local', 'cli', 'docs', 'bench'],
  examples: [],
  package: [],
  trial: ['cloudformation', 'local', 'page', 'cli', 'docs'],
  prove: ['contract', 'cloudformation', 'conformance', 'docs', 'deploy', 'cli', 'bench'],
};

/** `import … from`, `export … from` and `import()` of a file of ours; types count, too. */
const statement = /(?:^(?:import|export)\b[^'"]*?\bfrom |^import |\bimport\()['"](\.[^'"]+)['"]/gm;

const importsOf = (file: string): string[] =>
  [...readFileSync(join(root, file), 'utf8').matchAll(statement)].map(([, target = '']) =>
    withSlashes(relative(root, join(root, dirname(file), target))),
  );

const folderOf = (file: string): string => {
  const [top = '', folder = ''] = file.split('/');
  return top === 'src' ? folder : top;
};

describe('imports', () => {
  it('are found', () => {
    expect(new Set(files.map(folderOf))).toEqual(new Set(Object.keys(allowed)));
    expect(importsOf('src/contract/operations.ts')).toEqual([
      'src/contract/entities.ts',
      'src/contract/parameters.ts',
      'src/contract/problems.ts',
      'src/contract/responses.ts',
    ]);
    expect(importsOf('bench/servers/ministack.ts')).toContain('test/cloud/ministack.ts');
  });

  it('point one way', () => {
    const wrong = files.flatMap((file) =>
      importsOf(file)
        .filter((target) => ![folderOf(file), ...(allowed[folderOf(file)] ?? [])].includes(folderOf(target)))
        .map((target) => `${file} imports ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  it('make no cycle', () => {
    const done = new Set<string>();
    const visit = (file: string, path: readonly string[]): void => {
      if (path.includes(file)) throw new Error([...path.slice(path.indexOf(file)), file].join(' -> '));
      if (done.has(file)) return;
      for (const target of importsOf(file)) visit(target, [...path, file]);
      done.add(file);
    };
    for (const file of files) visit(file, []);
  });
});
