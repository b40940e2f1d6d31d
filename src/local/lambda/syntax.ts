import { compileFunction } from 'node:vm';
import { askProgram } from './ask-program.ts';
import type { FunctionConfiguration } from './lambda.ts';
import { findPython } from './python.ts';

/** The inline code of a function. */
export type InlineCode = Pick<FunctionConfiguration, 'functionName' | 'runtime' | 'zipFile'>;

/** A syntax error in the code of a function. */
export interface SyntaxFault {
  readonly functionName: string;
  /** Line of the code; the first is 1. */
  readonly line: number | undefined;
  /** As the language says it, such as `Unexpected token ')'`. */
  readonly message: string;
}

/**
 * Compiles inline code as its runtime does, and runs none of it: in Node.js here, which takes about a millisecond for each function, in
 * Python in one process for all. `signal` ends that process.
 */
export const syntaxFaults = async (
  functions: readonly InlineCode[],
  { python, signal }: { readonly python?: string | undefined; readonly signal?: AbortSignal } = {},
): Promise<SyntaxFault[]> => {
  const of = (language: string) => functions.filter(({ runtime }) => runtime.startsWith(language));
  const inPython = of('python');
  const found = inPython.length > 0 ? await pythonFaults(inPython, python, signal) : [];
  return [...of('nodejs').flatMap(nodeFault), ...found];
};

/** CommonJS, whatever the syntax looks like. */
const nodeFault = ({ functionName, zipFile }: InlineCode): SyntaxFault[] => {
  try {
    compileFunction(zipFile, ['exports', 'require', 'module', '__filename', '__dirname'], { filename: 'index.js' });
    return [];
  } catch (error) {
    const { message, stack = '' } = error as Error;
    const [, line] = /^index\.js:(\d+)/.exec(stack) ?? [];
    return [{ functionName, line: line === undefined ? undefined : Number(line), message }];
  }
};

const pythonFaults = async (
  functions: readonly InlineCode[],
  program: string | undefined,
  signal: AbortSignal | undefined,
): Promise<SyntaxFault[]> => {
  const { executable } = await findPython('Functions in Python are compiled', program, { signal });
  const parameters = ['-I', '-S', '-B', '-X', 'utf8', '-W', 'ignore', '-c', compileAll];
  const input = JSON.stringify(functions.map(({ zipFile }) => zipFile));
  const { status, stdout } = await askProgram(executable, parameters, { input, signal, timeout: compileTimeout });
  if (status !== 0) throw new Error(`${executable} fails to compile it`);
  const faults = JSON.parse(stdout) as ([line: number | null, message: string] | null)[];
  return functions.flatMap(({ functionName }, index) => {
    const [line, message] = faults[index] ?? [];
    return message === undefined ? [] : [{ functionName, line: line ?? undefined, message }];
  });
};

/** Compiles a JSON list of sources from standard input, and writes a list of null, or of line and message. */
const compileAll = `
import json, sys
def fault(source):
    try:
        compile(source.encode(), 'index.py', 'exec', dont_inherit=True)
    except SyntaxError as error:
        return [error.lineno, error.msg]
    except (ValueError, RecursionError, MemoryError, OverflowError) as error:
        return [None, str(error)]
print(json.dumps([fault(source) for source in json.load(sys.stdin)]))
`;

/** Milliseconds. 4 MB of code, the most that functions of a template can have, take Python a few seconds. */
const compileTimeout = 60_000;
