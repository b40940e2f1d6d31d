import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { manifest } from '../../package/manifest.ts';
import { reachable } from '../../package/reachable.ts';
import { shrinkwrap } from '../../package/shrinkwrap.ts';

const root = resolve(import.meta.dirname, '../..');
const { files, packages } = reachable(root, [
  'src/cli/package-items.ts',
  'src/twin/index.ts',
  'src/twin/dynamodb/dynalite.ts',
]);

describe('the package', () => {
  it('has what runs templates, and nothing that generates or deploys ours', () => {
    expect(files).toEqual(expect.arrayContaining(['src/cli/check.ts', 'src/twin/check/index.ts', 'src/text/nearest.ts']));
    expect(
      files.filter((file) => /^src\/(stack|docs|conformance\/cases|cli\/(deploy|destroy|verify|synth))/.test(file)),
    ).toEqual([]);
    expect(packages.filter((name) => /^@aws-sdk|^aws-cdk|^node$/.test(name))).toEqual([]);
    expect(packages).toContain('dynalite');
  });

  it('depends on the exact versions that the repository has, and on what these want beside them', () => {
    const { dependencies: own } = JSON.parse(readFileSync(resolve(root, 'package.json'), 'utf8'));
    const { dependencies } = manifest(root, packages);
    expect(Object.keys(dependencies)).toEqual([...new Set([...packages, 'ajv'])].sort());
    for (const [name, version] of Object.entries(dependencies)) expect(version, name).toBe(own[name]);
  });

  it('names each dependency of a dependency by version and hash', () => {
    const { packages: locked } = shrinkwrap(root, manifest(root, packages)) as {
      packages: Record<string, { integrity?: string; dev?: boolean; dependencies?: Record<string, string> }>;
    };
    const names = Object.keys(locked).filter((place) => place !== '');
    expect(names.length).toBeGreaterThan(20);
    for (const place of names) expect(locked[place], place).toMatchObject({ integrity: expect.stringMatching(/^sha512-/) });
    expect(names.every((place) => locked[place]?.dev === undefined)).toBe(true);
    for (const name of Object.keys(locked['node_modules/dynalite']?.dependencies ?? {}))
      expect(
        names.some((place) => place.endsWith(`node_modules/${name}`)),
        name,
      ).toBe(true);
  });
});
