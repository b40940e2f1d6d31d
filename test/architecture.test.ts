import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
/** A path as it is on every system but Windows. */
function withSlashes(path: string): string {
  return path.replaceAll(sep, '/');
}

const tops = ['src', 'audit', 'scan', 'bench', 'campaign', 'prove', 'package', 'trial', 'scripts', 'examples'];
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
  twin: ['cloudformation', 'text'],
  conformance: ['contract', 'openapi'],
  docs: ['cloudformation', 'contract'],
  openapi: ['contract'],
  page: ['cloudformation', 'contract', 'twin', 'openapi', 'tables', 'text'],
  tables: ['cloudformation', 'twin', 'text'],
  deploy: ['cloudformation', 'text'],
  cli: [...['contract', 'text', 'cloudformation', 'twin', 'page', 'tables', 'conformance', 'stack', 'docs', 'deploy']],
  audit: [],
  scan: ['cloudformation', 'contract', 'twin'],
  bench: ['contract', 'cloudformation', 'twin', 'scan', 'test', 'docs', 'functions'],
  campaign: ['cloudformation', 'twin', 'cli', 'docs', 'bench'],
  examples: [],
  package: [],
  scripts: ['contract', 'stack', 'openapi', 'docs', 'twin', 'cli'],
  trial: ['cloudformation', 'twin', 'page', 'cli', 'docs'],
  prove: ['contract', 'cloudformation', 'conformance', 'docs', 'deploy', 'cli', 'bench'],
};

/** `import … from`, `export … from` and `import()` of a file of ours; types count, too. */
const statement = /(?:^(?:import|export)\b[^'"]*?\bfrom |^import |\bimport\()['"](\.[^'"]+)['"]/gm;

const sdk = /['"]@(?:aws-sdk|smithy|aws-crypto)\//;

const importsOf = (file: string): string[] =>
  [...readFileSync(join(root, file), 'utf8').matchAll(statement)].map(([, target = '']) =>
    withSlashes(relative(root, join(root, dirname(file), target))),
  );

const folderOf = (file: string): string => {
  const [top = '', folder = ''] = file.split('/');
  return top === 'src' ? folder : top;
};

/** A folder of the twin, or a file beside these. */
const roomOf = (file: string): string => file.split('/')[2] ?? file;

/** The first path that leads back to where it began. */
const cycleIn = (all: readonly string[], next: (one: string) => readonly string[]): string | undefined => {
  const done = new Set<string>();
  const visit = (one: string, path: readonly string[]): string | undefined => {
    if (path.includes(one)) return [...path.slice(path.indexOf(one)), one].join(' -> ');
    if (done.has(one)) return undefined;
    for (const target of next(one)) {
      const found = visit(target, [...path, one]);
      if (found !== undefined) return found;
    }
    done.add(one);
    return undefined;
  };
  for (const one of all) {
    const found = visit(one, []);
    if (found !== undefined) return found;
  }
  return undefined;
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

  it('are those that CONTRIBUTING lists', () => {
    const rows = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8').matchAll(/^\| `src\/(\w+)` \| .+ \| (.+) \|$/gm);
    const listed = [...rows].map(([, folder = '', others = '']) => [
      folder,
      others === 'nothing of ours' ? [] : [...others.matchAll(/`(\w+)`/g)].map(([, name]) => name),
    ]);
    const inSource = Object.entries(allowed).filter(([folder]) => files.some((file) => file.startsWith(`src/${folder}/`)));
    expect(Object.fromEntries(listed)).toEqual(
      Object.fromEntries(inSource.map(([folder, others]) => [folder, folder === 'cli' ? [] : others.toSorted()])),
    );
  });

  it('name no AWS SDK in the command line: src/deploy/ has types of its own', () => {
    const naming = (folder: string) =>
      files.filter((file) => file.startsWith(folder) && sdk.test(readFileSync(join(root, file), 'utf8')));
    expect(naming('src/deploy/').length).toBeGreaterThan(10);
    expect(naming('src/cli/')).toEqual([]);
  });

  it('make no cycle', () => {
    expect(cycleIn(files, importsOf)).toBeUndefined();
  });

  it('make no cycle between the folders of the twin', () => {
    const rooms = new Map<string, string[]>();
    for (const file of files.filter((each) => each.startsWith('src/twin/'))) {
      const room = roomOf(file);
      const others = importsOf(file)
        .filter((target) => target.startsWith('src/twin/'))
        .map(roomOf)
        .filter((target) => target !== room);
      rooms.set(room, [...(rooms.get(room) ?? []), ...others]);
    }
    expect(rooms.size).toBeGreaterThan(10);
    expect(cycleIn([...rooms.keys()], (room) => rooms.get(room) ?? [])).toBeUndefined();
  });
});

describe('a file of more than 250 lines', () => {
  const sources = globSync(`{${[...tops, 'bin', 'test'].join(',')}}/**/*.{ts,mts,cts,js,mjs,cjs,py,css}`, {
    cwd: root,
    exclude: (name) => /(?:^|[\\/])(?:node_modules|__pycache__|\.[^\\/]+)$/.test(name),
  })
    .map(withSlashes)
    .sort();
  const linesOf = (file: string): string[] => readFileSync(join(root, file), 'utf8').trimEnd().split('\n');
  const exempt = [
    'examples/client-typescript/schema.ts', // It is generated.
  ];
  const reason = /^(?:\/\/|\/\*|#) One file: .{10,}\.(?: \*\/)?$/;

  it('says in its first line why it is one', () => {
    expect(sources.length).toBeGreaterThan(1000);
    const unexplained = sources.filter((file) => {
      const [first = '', ...others] = linesOf(file);
      return others.length >= 250 && !reason.test(first) && !exempt.includes(file);
    });
    expect(unexplained).toEqual([]);
  });
});
