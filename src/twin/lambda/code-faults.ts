import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';
import { type CheckedCode, type MissingModule, missingNodeModules, oldDynamoDbClient } from './missing-modules.ts';
import { checkPython } from './python-check.ts';
import { findSdk, type Sdk, type SdkPlace } from './sdk.ts';
import { type SyntaxFault, syntaxFault } from './syntax.ts';

/** Faults in the code of functions that otherwise appear at the first request. */
export interface CodeFaults {
  readonly syntax: readonly SyntaxFault[];
  readonly missing: readonly MissingModule[];
  /** Messages about faults that do not belong to one function. */
  readonly others: readonly string[];
}

export interface CodeFaultOptions extends SdkPlace {
  /** Interpreter of functions in Python; `python3` by default. */
  readonly python?: string | undefined;
}

/**
 * Compiles the code of functions and resolves the modules that it imports, without running the code. `signal` ends the Python
 * process.
 */
export const findCodeFaults = async (
  functions: readonly CheckedCode[],
  { python: program, ...place }: CodeFaultOptions,
  signal?: AbortSignal,
): Promise<CodeFaults> => {
  let found: Sdk | undefined;
  const sdk = (): Sdk => {
    found ??= findSdk(place);
    return found;
  };
  const of = (language: string) => functions.filter(({ runtime }) => runtime.startsWith(language));
  const inPython = of('python');
  const inNode = of('nodejs');
  const python = inPython.length > 0 ? await checkPython(inPython, { python: program, signal }) : undefined;
  const oldClient = oldDynamoDbClient(inNode, sdk);
  return {
    syntax: [...inNode.filter(({ codeFolder }) => codeFolder === undefined).flatMap(syntaxFault), ...(python?.syntax ?? [])],
    missing: [...missingNodeModules(inNode, sdk), ...(python?.missing ?? [])],
    others: [
      ...of('provided').flatMap(bootstrapFault),
      ...(oldClient === undefined ? [] : [tooOld(`@aws-sdk/client-dynamodb ${oldClient}`, '3.428.0')]),
      ...(python?.oldBotocore === undefined ? [] : [tooOld(`botocore ${python.oldBotocore}`, '1.31.0')]),
    ],
  };
};

/** Returns a message if a custom runtime lacks its executable `bootstrap` in the function’s code. */
const bootstrapFault = ({ functionName, runtime, codeFolder = '' }: CheckedCode): string[] => {
  const path = join(codeFolder, 'bootstrap');
  try {
    accessSync(path, constants.X_OK);
    return [];
  } catch {
    return [
      `${functionName}: there is no executable file ${path}, which ${runtime} starts. Every request to the function fails until the file exists.`,
    ];
  }
};

const tooOld = (installed: string, needed: string): string =>
  `${installed} does not support AWS_ENDPOINT_URL_DYNAMODB and would call AWS instead of the local tables. Install ${needed} or later.`;
