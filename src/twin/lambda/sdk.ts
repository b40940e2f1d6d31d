import { existsSync, mkdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { basename, delimiter, dirname, join, resolve } from 'node:path';
import { LocalError } from '../../cloudformation/errors.ts';

/** Packages of the AWS SDK for JavaScript that functions in Node.js can load, as in Lambda’s runtimes. */
export interface Sdk {
  /** Folders `node_modules` that contain packages of the SDK. The first folder with a package is used. */
  readonly folders: readonly string[];
}

/** Places to search for the SDK. */
export interface SdkPlace {
  /** A folder `node_modules`, or a folder that contains one. If given, no other folder is searched. */
  readonly nodeModules?: string | undefined;
  /** Folder of the template; the current folder by default. */
  readonly templateFolder?: string | undefined;
}

/**
 * Finds the SDK in the template’s folder and its parents, then in the current folder and its parents, and last beside the twin
 * itself.
 */
export const findSdk = ({ nodeModules, templateFolder = '.' }: SdkPlace): Sdk => {
  if (nodeModules !== undefined) return { folders: [nodeModulesIn(nodeModules)] };
  const starts = [templateFolder, '.', import.meta.dirname];
  const folders = new Set(starts.flatMap(upwards).map((folder) => join(folder, 'node_modules')));
  return { folders: [...folders].filter((folder) => scopes.some((scope) => existsSync(join(folder, scope)))) };
};

/** Returns true if the SDK has a package, such as `@aws-sdk/client-dynamodb`. */
export const hasPackage = ({ folders }: Sdk, name: string): boolean =>
  isOfSdk(name) && folders.some((folder) => existsSync(join(folder, name)));

/** Returns the installed version of a package; undefined if it is missing. */
export const versionOf = ({ folders }: Sdk, name: string): string | undefined => {
  const folder = folders.find((one) => existsSync(join(one, name)));
  if (folder === undefined) return undefined;
  const { version }: { version?: unknown } = JSON.parse(readFileSync(join(folder, name, 'package.json'), 'utf8'));
  return typeof version === 'string' ? version : undefined;
};

/** Returns true for the name of a package that Lambda's runtimes have. */
export const isOfSdk = (name: string): boolean => scopes.some((scope) => name.startsWith(`${scope}/`));

/**
 * Links the packages of the SDK, and no others of the same folders, into new folders below `target`. Returns the value of
 * NODE_PATH for them. Dependencies of the SDK are resolved where the packages are installed.
 */
export const linkSdk = ({ folders }: Sdk, target: string): string =>
  folders
    .map((folder, index) => {
      const linked = join(target, String(index), 'node_modules');
      mkdirSync(linked, { recursive: true });
      for (const scope of scopes) {
        // On Windows, only a junction requires no privilege.
        if (existsSync(join(folder, scope))) symlinkSync(join(folder, scope), join(linked, scope), 'junction');
      }
      return linked;
    })
    .join(delimiter);

/** Version 2, `aws-sdk`, is in none of the runtimes that the twin supports: Lambda removed it with nodejs18.x. */
const scopes = ['@aws-sdk', '@smithy'];

const upwards = (folder: string): string[] => {
  const path = resolve(folder);
  return path === dirname(path) ? [path] : [path, ...upwards(dirname(path))];
};

const nodeModulesIn = (folder: string): string => {
  const path = resolve(folder);
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) {
    const message = `--node-modules ${folder}: the folder does not exist. Name a folder node_modules that contains the AWS SDK`;
    throw new LocalError('INVALID_PARAMETER', message);
  }
  const inner = join(path, 'node_modules');
  return basename(path) !== 'node_modules' && existsSync(inner) ? inner : path;
};
