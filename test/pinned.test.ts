import { globSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { describe, expect, it } from 'vitest';

/* Everything that the project downloads is pinned by hash: only files run that a commit names. */

const root = join(import.meta.dirname, '..');
const textOf = (file: string): string => readFileSync(join(root, file), 'utf8');
const linesOf = (file: string): string[] => textOf(file).trim().split('\n');
const find = (pattern: string): string[] =>
  globSync(pattern, { cwd: root, exclude: (name) => ['node_modules', '.venv', '.ci-cache'].includes(name) })
    .map((file) => file.replaceAll(sep, '/'))
    .sort();
const scripts = find('scripts/*').filter((file) => /^scripts\/[\w-]+$/.test(file) && !find(`${file}/*`).length);

describe.each(find('{scripts,scan,bench/peers,test/cloud}/requirements*.txt'))('%s', (file) => {
  const [, command = '', ...lines] = linesOf(file);
  const entries = lines.join('\n').split(/\n(?! )/);

  it('pins each requirement, with the hashes of its files', () => {
    const entry = /^[a-z0-9-]+==[\w.]+(?: ; [^\\\n]+)?(?: \\\n {4}--hash=sha256:[0-9a-f]{64})+$/;
    expect(entries.filter((text) => !entry.test(text))).toEqual([]);
  });

  it('has what its source asks for', () => {
    const pinned = entries.map((text) => text.replace(/ .*/s, ''));
    const asked = linesOf(file.replace(/txt$/, 'in'));
    expect(asked.join()).not.toBe('');
    expect(pinned).toEqual(expect.arrayContaining(asked));
  });

  it('names the command that renews it', () => {
    const name = file.replace(/^.*\/(.*)\.txt$/, '$1');
    const options = '--universal --python-version 3\\.\\d+ --no-annotate --generate-hashes';
    expect(command).toMatch(new RegExp(`^# {4}uv pip compile ${options} ${name}\\.in -o ${name}\\.txt$`));
  });
});

// What pip takes to build a package has no hash, so it must build none.
describe('pip', () => {
  it('installs with hashes, and builds nothing, in scripts', () => {
    const lines = scripts.flatMap(linesOf).filter((line) => /\bpip3?\b"? +(install|download|wheel)/.test(line));
    expect(lines).toHaveLength(4);
    for (const line of lines)
      expect(line).toMatch(/ --require-hashes --only-binary :all: --requirement scripts\/requirements-/);
  });

  it('installs with hashes, and builds nothing, in scan and in all that uses its function', () => {
    const callers = find('{src,scan,bench,campaign,prove,audit,test}/**/*.ts').filter((file) => /'pip'/.test(textOf(file)));
    expect(callers).toEqual(['scan/python.ts', 'test/pinned.test.ts', 'test/scan/python.all.test.ts']);
    expect(textOf('scan/python.ts').match(/'install'/g)).toHaveLength(1);
    expect(textOf('scan/python.ts')).toContain("'--require-hashes', '--only-binary', ':all:'");
  });
});

describe('npm', () => {
  interface Entry {
    readonly link?: true;
    readonly inBundle?: true;
    readonly resolved?: string;
    readonly integrity?: string;
  }
  const locks = find('**/package-lock.json');

  it.each(locks)('has an integrity for each package of %s', (file) => {
    const { packages } = JSON.parse(textOf(file)) as { packages: Readonly<Record<string, Entry>> };
    // Of a workspace the source is here, and what is in a bundle came with the package around it.
    const unpinned = Object.entries(packages).filter(
      ([path, { link, inBundle, integrity }]) =>
        path.includes('node_modules/') && !link && !inBundle && !/^sha512-[\w+/]{86}==$/.test(integrity ?? ''),
    );
    expect(unpinned).toEqual([]);
  });

  it('installs what a lock file names', () => {
    const sources = [...scripts, ...find('.github/**/*.yml')];
    const installations = sources.flatMap(linesOf).filter((line) => /\bnpm (i|install|add|exec)\b|\bnpx\b/.test(line));
    // Our own archive, as its users install it: its shrinkwrap has the hashes of what it needs.
    expect(installations).toEqual([expect.stringMatching(/^ {2}npm install .* "\$archive"$/)]);
    expect(locks).toContain('scripts/redocly/package-lock.json');
  });
});

describe('Go', () => {
  it('builds from source whose hashes go.sum has', () => {
    const builds = scripts.flatMap(linesOf).filter((line) => /\bgo"? .*(install|get|run) /.test(line));
    expect(builds).toEqual([expect.stringMatching(/ -C "\$module" install [\w./]+ 2>&1\); then$/)]);
    const required = textOf('scripts/actionlint/go.mod').match(/^\t\S+ \S+(?= \/\/)/gm) ?? [];
    expect(required.length).toBeGreaterThan(1);
    for (const module of required) expect(textOf('scripts/actionlint/go.sum')).toMatch(`${module.trim()} h1:`);
  });
});

describe('Maven', () => {
  it('brings DynamoDB Local as one version, whose files are listed with their hashes', () => {
    const sums = linesOf('scripts/dynamodb-local.sha256');
    expect(sums.filter((line) => !/^[0-9a-f]{64} {2}(?:[\w.-]+\/)+[\w.-]+$/.test(line))).toEqual([]);
    const [, version = 'none'] =
      /<version>(\d[\d.]+)<\/version>\s*<\/dependency>/.exec(textOf('scripts/dynamodb-local.pom.xml')) ?? [];
    expect(sums).toContainEqual(expect.stringContaining(`com/amazonaws/DynamoDBLocal/${version}/`));
  });
});
