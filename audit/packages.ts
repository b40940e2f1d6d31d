import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The ecosystems of OSV (https://ossf.github.io/osv-schema/#defined-ecosystems) that this project uses. */
export type Ecosystem = 'npm' | 'PyPI' | 'Go' | 'Maven' | 'GitHub Actions';

/** A version of a package, named by a file of the project. */
export interface Package {
  readonly ecosystem: Ecosystem;
  readonly name: string;
  readonly version: string;
  /** Path from the root of the project. */
  readonly file: string;
  /** `users` for what `npm ci --omit=dev` installs; only checks run the rest. */
  readonly runsFor: 'users' | 'checks';
  /** Path where npm installs it, relative to the folder of its package-lock.json. */
  readonly path?: string;
}

/** Folders with a package-lock.json. */
export const npmFolders = [
  '.',
  'scripts/aws-lambda-ric',
  'scripts/httpyac',
  'scripts/node-22',
  'scripts/redocly',
  'bench/peers',
  'bench/peers-offline',
];

const requirements = [
  ...['openapi', 'package', 'python', 'workflows'].map((name) => `scripts/requirements-${name}.txt`),
  ...['bench/peers', 'scan', 'test/cloud'].map((folder) => `${folder}/requirements.txt`),
];

/** Returns every package, including indirect dependencies, that the files with hashes and versions name. */
export const packagesOf = (root: string): Package[] => {
  const read = (file: string): string => readFileSync(join(root, file), 'utf8');
  const workflows = readdirSync(join(root, '.github/workflows')).map((name) => `.github/workflows/${name}`);
  return [
    ...npmFolders.flatMap((folder) => {
      const file = folder === '.' ? 'package-lock.json' : `${folder}/package-lock.json`;
      return npmPackages(read(file), file);
    }),
    ...requirements.flatMap((file) => matches(read(file), /^([a-z0-9-]+)==([\w.]+)/gm, 'PyPI', file)),
    ...['scripts/actionlint/go.mod'].flatMap((file) => matches(read(file), /^\t(\S+) v(\S+)/gm, 'Go', file)),
    ...['scripts/dynamodb-local.sha256'].flatMap((file) => mavenPackages(read(file), file)),
    ...workflows.flatMap((file) => matches(read(file), /uses: ([\w-]+\/[\w-]+)@\w+ # v(\S+)/g, 'GitHub Actions', file)),
  ];
};

interface LockEntry {
  readonly name?: string;
  readonly version?: string;
  readonly link?: true;
  readonly dev?: true;
}

/** Returns the packages of a package-lock.json, without the project and its workspaces, which are in no registry. */
export const npmPackages = (text: string, file: string): Package[] => {
  const { packages } = JSON.parse(text) as { readonly packages: Readonly<Record<string, LockEntry>> };
  return Object.entries(packages).flatMap(([path, { name, version, link, dev }]) => {
    if (!path.includes('node_modules/') || link || version === undefined) return [];
    const runsFor = file === 'package-lock.json' && !dev ? 'users' : 'checks';
    return [{ ecosystem: 'npm', name: name ?? path.replace(/^.*node_modules\//, ''), version, file, runsFor, path }];
  });
};

/**
 * Returns artifacts from their paths in a Maven repository: `GROUP/ARTIFACT/VERSION/FILE`, with slashes for the dots of the
 * group.
 */
const mavenPackages = (text: string, file: string): Package[] =>
  text
    .trim()
    .split('\n')
    .map((line) => {
      const [version = '', artifact = '', ...group] = line
        .replace(/^.* {2}/, '')
        .split('/')
        .slice(0, -1)
        .reverse();
      const name = `${group.reverse().join('.')}:${artifact}`;
      return { ecosystem: 'Maven', name, version, file, runsFor: 'checks' };
    });

const matches = (text: string, pattern: RegExp, ecosystem: Ecosystem, file: string): Package[] =>
  [...text.matchAll(pattern)].map(([, name = '', version = '']) => ({ ecosystem, name, version, file, runsFor: 'checks' }));
