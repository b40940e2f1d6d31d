import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { FaultCollector, invalidProperty, LocalError } from '../../cloudformation/errors.ts';
import { isObject, type Json } from '../../cloudformation/json.ts';
import { unsupportedProperty } from '../../cloudformation/properties.ts';
import { didYouMean } from '../../text/nearest.ts';

/** The property `Code` of a function: a path, as in `aws cloudformation package`, or a CloudFormation value. */
export type Code =
  | string
  | {
      readonly ZipFile?: string;
      readonly S3Bucket?: string;
      readonly S3Key?: string;
      readonly S3ObjectVersion?: string;
    };

/** Folders of functions whose code is not inline. */
export interface CodeFolders {
  /** Throws a LocalError that lists every function without code and every folder without a function. */
  check(functions: readonly DeclaredFunction[]): void;
  /** Returns the folder of a function's code; undefined if the code is inline. */
  folderOf(logicalId: string, code: Code): string | undefined;
}

/** A function of a template, before evaluation. */
export interface DeclaredFunction {
  readonly logicalId: string;
  /** `logicalId (AWS::Lambda::Function)`, the prefix of messages. */
  readonly owner: string;
  readonly code: Json | undefined;
}

/** Creates the code folders. `given` has folders by logical id. Paths in the template are relative to `templateFolder`. */
export const createCodeFolders = (given: Readonly<Record<string, string>> = {}, templateFolder = '.'): CodeFolders => {
  const folderOf = (logicalId: string, code: Code): string | undefined => {
    const named = Object.hasOwn(given, logicalId) ? given[logicalId] : undefined;
    checkForm(code);
    if (typeof code !== 'string' && code.ZipFile !== undefined) {
      if (named === undefined) return undefined;
      throw invalidProperty('Code', `is inline, but --code ${logicalId}=${named} names a folder. Remove one of the two`);
    }
    if (named !== undefined) return folderAt(resolve(named), `--code ${logicalId}=${named}`);
    if (typeof code === 'string' && !/^s3:\/\//.test(code))
      return folderAt(resolve(templateFolder, code), `property Code is ${code}`);
    const remedy = `name the folder that has the code, unpacked, with --code ${logicalId}=FOLDER`;
    throw unsupportedProperty('Code', `is in S3, which the twin does not support; ${remedy}`);
  };
  return {
    folderOf,
    check(functions) {
      const faults = new FaultCollector();
      const known = functions.map(({ logicalId }) => logicalId);
      for (const logicalId of Object.keys(given)) {
        if (known.includes(logicalId)) continue;
        const remedy = didYouMean(logicalId, known) || '; give the logical id of an AWS::Lambda::Function';
        faults.add('INVALID_PARAMETER', `--code ${logicalId}: the template has no function of that name${remedy}`);
      }
      for (const { logicalId, owner, code } of functions) {
        if (!isDecided(code)) continue;
        try {
          folderOf(logicalId, code);
        } catch (error) {
          if (!(error instanceof LocalError)) throw error;
          faults.add(error.code, `${owner}: ${error.message}`);
        }
      }
      faults.throwIfAny();
    },
  };
};

/** Rejects code that is not either inline or in S3, as CreateFunction does. */
const checkForm = (code: Code): void => {
  const [isInline, hasBucket, hasKey] = ['ZipFile', 'S3Bucket', 'S3Key'].map((name) => Object.hasOwn(Object(code), name));
  if (typeof code === 'string' || (isInline ? !hasBucket && !hasKey : hasBucket && hasKey)) return;
  throw invalidProperty('Code', 'must have ZipFile, or S3Bucket and S3Key; leave out the others, or add what is missing');
};

/** Returns false for a value that needs evaluation. It is checked when the function is created. */
const isDecided = (code: Json | undefined): code is string | (Exclude<Code, string> & Record<string, Json>) =>
  typeof code === 'string' || (isObject(code) && ['ZipFile', 'S3Bucket', 'S3Key'].some((name) => Object.hasOwn(code, name)));

const folderAt = (path: string, source: string): string => {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isDirectory()) return path;
  const isArchive = /\.(?:zip|jar)$/.test(path);
  const problem = found === undefined ? `there is no folder ${path}` : `${path} is a file`;
  const remedy = isArchive ? 'unpack the archive, and name the folder' : 'name the folder that the handler is found in';
  throw new LocalError('INVALID_PARAMETER', `${source}: ${problem}; ${remedy}`);
};
