import { globSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import { accepted } from '../../audit/accepted.ts';
import { npmPackages, packagesOf } from '../../audit/packages.ts';

const root = join(import.meta.dirname, '../..');
const packages = packagesOf(root);

describe('the packages of the project', () => {
  it('come from every file that names some', () => {
    const exclude = (name: string): boolean => ['node_modules', '.ci-cache', '.venv'].includes(name);
    const patterns = ['**/package-lock.json', '**/requirements*.txt', '**/go.mod', '**/*.sha256'];
    const files = [...globSync(patterns, { cwd: root, exclude }), ...globSync('.github/workflows/*.yml', { cwd: root })].map(
      (file) => file.replaceAll(sep, '/'),
    );
    expect([...new Set(packages.map(({ file }) => file))].sort()).toEqual([...new Set(files)].sort());
  });

  it('have the versions of that file', () => {
    const named = packages.map(({ ecosystem, name, version }) => `${ecosystem} ${name} ${version}`);
    const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    expect(named).toEqual(
      expect.arrayContaining([
        `npm dynalite ${dependencies.dynalite}`,
        expect.stringMatching(/^PyPI schemathesis \d/),
        expect.stringMatching(/^Go github\.com\/rhysd\/actionlint \d/),
        expect.stringMatching(/^Maven com\.amazonaws:DynamoDBLocal \d/),
        expect.stringMatching(/^GitHub Actions actions\/checkout \d/),
      ]),
    );
  });

  it('say who runs them', () => {
    const runsFor = (name: string) => packages.find((one) => one.name === name)?.runsFor;
    expect(['dynalite', 'vitest', 'schemathesis'].map(runsFor)).toEqual(['users', 'checks', 'checks']);
  });
});

it('a package with another name than its folder counts as what it is, and a workspace not at all', () => {
  const lock = {
    packages: {
      '': { name: 'project', version: '1.0.0' },
      'examples/own': { version: '1.0.0' },
      'node_modules/own': { resolved: 'examples/own', link: true },
      'node_modules/a/node_modules/@b/c': { version: '2.0.0', dev: true },
      'node_modules/vue': { name: 'empty-npm-package', version: '1.0.0' },
    },
  };
  const common = { ecosystem: 'npm', file: 'package-lock.json' };
  expect(npmPackages(JSON.stringify(lock), 'package-lock.json')).toEqual([
    { ...common, name: '@b/c', version: '2.0.0', runsFor: 'checks', path: 'node_modules/a/node_modules/@b/c' },
    { ...common, name: 'empty-npm-package', version: '1.0.0', runsFor: 'users', path: 'node_modules/vue' },
  ]);
});

it('accepted vulnerabilities have a reason and a day, and are of files that name packages', () => {
  for (const entry of accepted) {
    expect(entry.reason).toMatch(/^.{30,}\.$/);
    expect(new Date(entry.until).toISOString()).toBe(`${entry.until}T00:00:00.000Z`);
    if ('file' in entry) expect(packages.map(({ file }) => file)).toContain(entry.file);
  }
});
