import { readFileSync, statSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join, relative } from 'node:path';
import type { FunctionConfiguration } from './lambda.ts';
import { namedModules, packageOf } from './named-modules.ts';
import { hasPackage, isOfSdk, type Sdk, versionOf } from './sdk.ts';

/** A module that code imports, and that is not in its runtime, its own files or the AWS SDK. */
export interface MissingModule {
  readonly functionName: string;
  readonly module: string;
  /** Path of the file in the function's folder. */
  readonly file: string;
  readonly line: number;
  readonly text: string;
  /** Action that fixes it. */
  readonly remedy: string;
}

/** Code of a function, as input of the checks. */
export type CheckedCode = Pick<FunctionConfiguration, 'functionName' | 'runtime' | 'zipFile' | 'codeFolder' | 'handler'>;

/**
 * Returns the missing modules of functions in Node.js. Reads the handler’s file and, recursively, the files that it imports by
 * path.
 */
export const missingNodeModules = (functions: readonly CheckedCode[], sdk: () => Sdk): MissingModule[] =>
  functions.flatMap((code) => [...missingIn(code, sdk)]);

function* missingIn({ functionName, zipFile, codeFolder, handler }: CheckedCode, sdk: () => Sdk): Generator<MissingModule> {
  const first = codeFolder === undefined ? '/index.js' : handlerFile(codeFolder, handler);
  // A Handler without a file is reported in the log of the first request, with AWS’s message.
  const waiting = first === undefined ? [] : [first];
  const seen = new Set(waiting);
  for (const path of waiting) {
    const source = codeFolder === undefined ? zipFile : readFileSync(path, 'utf8');
    for (const { name, line } of namedModules(source)) {
      const found = find(name, path, codeFolder, sdk);
      if (found === true) continue;
      if (found === undefined) {
        const file = codeFolder === undefined ? 'index.js' : relative(codeFolder, path);
        const text = source.split('\n')[line - 1]?.trim() ?? '';
        yield { functionName, module: name, file, line, text, remedy: remedyFor(name, codeFolder) };
      } else if (!seen.has(found) && seen.size < mostFiles) {
        seen.add(found);
        waiting.push(found);
      }
    }
  }
}

/** Returns true if a module exists, its path if it is a JavaScript file of the function, and undefined if it is missing. */
const find = (name: string, from: string, folder: string | undefined, sdk: () => Sdk): true | string | undefined => {
  // Absolute paths refer to the machine; a name with a scheme is a URL.
  if (isBuiltin(name) || /^(?:\/|\w+:)/.test(name)) return true;
  if (/^\.{1,2}(?:\/|$)/.test(name)) {
    if (folder === undefined) return undefined;
    const file = fileAt(join(dirname(from), name));
    return file === undefined ? undefined : !/\.[cm]?js$/.test(file) || file;
  }
  if (name.startsWith('#')) return true;
  const owner = packageOf(name);
  if (folder !== undefined && isInstalled(owner, dirname(from), folder)) return true;
  return (isOfSdk(owner) && hasPackage(sdk(), owner)) || undefined;
};

const remedyFor = (name: string, folder: string | undefined): string => {
  const owner = packageOf(name);
  if (isOfSdk(owner))
    return `install it with "npm install ${owner}", or name the folder that has it with --node-modules DIR`;
  if (owner === 'aws-sdk') return "Lambda's runtimes have version 3 of the SDK since nodejs18.x: load @aws-sdk/… instead";
  if (/^\./.test(name))
    return folder === undefined ? 'inline code consists of one file' : 'create the file, or correct its name';
  if (folder === undefined) return "Lambda's runtimes do not include it, and inline code cannot contain packages";
  return `install it with "npm install ${owner}" in ${folder}`;
};

/** Returns the file for a path, with the extensions that `require` and Lambda try. */
const fileAt = (path: string): string | undefined =>
  ['', '.js', '.mjs', '.cjs', '.json', '.node', '/package.json', '/index.js'].map((end) => path + end).find(isFile);

const handlerFile = (folder: string, handler: string): string | undefined => {
  const path = /^((?:.*\/)?[^./]+)\./.exec(handler)?.[1];
  return path === undefined ? undefined : ['.js', '.mjs', '.cjs'].map((end) => join(folder, path + end)).find(isFile);
};

/** Returns true if a package is in a folder `node_modules` between a file and its function's folder. */
const isInstalled = (owner: string, from: string, folder: string): boolean => {
  if (statSync(join(from, 'node_modules', owner), { throwIfNoEntry: false })?.isDirectory()) return true;
  return from !== folder && from.startsWith(folder) && isInstalled(owner, dirname(from), folder);
};

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() === true;

/** Maximum number of files that are read per function. */
const mostFiles = 500;

/** Returns the version of the DynamoDB client if functions load one that does not support `AWS_ENDPOINT_URL_DYNAMODB`. */
export const oldDynamoDbClient = (functions: readonly CheckedCode[], sdk: () => Sdk): string | undefined => {
  if (!functions.some(({ zipFile }) => zipFile.includes('@aws-sdk/'))) return undefined;
  const version = versionOf(sdk(), '@aws-sdk/client-dynamodb');
  const [major = 0, minor = 0] = (version ?? '').split('.').map(Number);
  // Supported since October 2023: https://github.com/aws/aws-sdk-js-v3/issues/5364
  return version !== undefined && major === 3 && minor < 428 ? version : undefined;
};
