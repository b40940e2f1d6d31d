import { existsSync, mkdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { basename, delimiter, dirname, join, resolve } from 'node:path';
import { LocalError } from '../../cloudformation/errors.ts';

/** The packages of the AWS SDK for JavaScript that functions in Node.js may load, as Lambda’s runtimes have them. */
export interface Sdk {
  /** Folders `node_modules` that have any of it; the first that has a package counts. */
  readonly folders: readonly string[];
}

/** Places to look for the SDK. */
export interface SdkPlace {
  /** A folder `node_modules`, or one that has one: nothing else counts then. */
  readonly nodeModules?: string | undefined;
  /** Folder of the template; the current folder without one. */
  readonly templateFolder?: string | undefined;
}

/** Finds the SDK from the template’s folder upwards, then from the current folder upwards, and last beside the twin itself. */
export const findSdk = ({ nodeModules, templateFolder = '.' }: SdkPlace): Sdk => {
  if (nodeModules !== undefined) return { folders: [nodeModulesIn(nodeModules)] };
  const starts = [templateFolder, '.', import.meta.dirname];
  const folders = new Set(starts.flatMap(upwards).map((folder) => join(folder, 'node_modules')));
  return { folders: [...folders].filter((folder) => scopes.some((scope) => existsSync(join(folder, scope)))) };
};

/** True if the SDK has a package, such as `@aws-sdk/client-dynamodb`. */
export const hasPackage = ({ folders }: Sdk, name: string): boolean =>
  isOfSdk(name) && folders.some((folder) => existsSync(join(folder, name)));

/** The installed version of a package; undefined if there is none. */
export const versionOf = ({ folders }: Sdk, name: string): string | undefined => {
  const folder = folders.find((one) => existsSync(join(one, name)));
  if (folder === undefined) return undefined;
  const { version }: { version?: unknown } = JSON.parse(readFileSync(join(folder, name, 'package.json'), 'utf8'));
  return typeof version === 'string' ? version : undefined;
};

/** True of the name of a package that Lambda's runtimes have. */
export const isOfSdk = (name: string): boolean => scopes.some((scope) => name.startsWith(`${scope}/`));

/**
 * Links the SDK, and nothing else of the folders that have it, into new folders below `target`. Returns the value of NODE_PATH that
 * leads there. What packages of the SDK depend on is found from where they are installed.
 */
export const linkSdk = ({ folders }: Sdk, target: string): string =>
  folders
    .map((folder, index) => {
      const linked = join(target, String(index), 'node_modules');
      mkdirSync(linked, { recursive: true });
      for (const scope of scopes) {
        // On Windows only a junction needs no privilege.
        if (existsSync(join(folder, scope))) symlinkSync(join(folder, scope), join(linked, scope), 'junction');
      }
      return linked;
    })
    .join(delimiter);

/** Version 2, `aws-sdk`, is in none of the runtimes that the twin runs: Lambda dropped it with nodejs18.x. */
const scopes = ['@aws-sdk', '@smithy'];

const upwards = (folder: string): string[] => {
  const path = resolve(folder);
  return path === dirname(path) ? [path] : [path, ...upwards(dirname(path))];
};

const nodeModulesIn = (folder: string): string => {
  const path = resolve(folder);
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) {
    const message = `--node-modules ${folder}: there is no such folder; name the folder node_modules that has the AWS SDK`;
    throw new LocalError('INVALID_PARAMETER', message);
  }
  const inner = join(path, 'node_modules');
  return basename(path) !== 'node_modules' && existsSync(inner) ? inner : path;
};
