import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Source {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly dependencies: Readonly<Record<string, string>>;
}

/** The content of a package.json. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly [member: string]: unknown;
}

/**
 * Returns the package.json of the package. Its dependencies are what the package imports, in the exact versions that the
 * repository is tested with.
 */
export const manifest = (root: string, packages: readonly string[]): Manifest => {
  const { name, version, license, dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Source;
  return {
    name,
    version,
    description: 'Runs the REST API of a CloudFormation template on your machine and enforces what AWS enforces',
    license,
    type: 'module',
    engines: { node: '^22.12.0 || >=24.0.0' },
    bin: { 'items-api': 'bin/items-api.mjs' },
    exports: { '.': { types: './dist/twin/index.d.ts', default: './dist/twin/index.js' } },
    types: './dist/twin/index.d.ts',
    files: ['bin', 'dist'],
    dependencies: Object.fromEntries(withPeers(root, packages).map((one) => [one, versionOf(dependencies, one)])),
  };
};

/** Returns the packages and their peer dependencies: npm does not install optional peers. */
const withPeers = (root: string, packages: readonly string[]): string[] => {
  const peers = packages.flatMap((one) => {
    const { peerDependencies = {} } = JSON.parse(readFileSync(join(root, 'node_modules', one, 'package.json'), 'utf8')) as {
      readonly peerDependencies?: Readonly<Record<string, string>>;
    };
    return Object.keys(peerDependencies);
  });
  return [...new Set([...packages, ...peers])].sort();
};

const versionOf = (dependencies: Source['dependencies'], name: string): string => {
  const version = dependencies[name];
  if (version === undefined)
    throw new Error(`the package imports ${name}, which is no dependency of the repository: add it`);
  return version;
};
