import { fileURLToPath } from 'node:url';
import { LocalError } from '../../cloudformation/errors.ts';
import type { FunctionConfiguration } from './lambda.ts';
import { askPython, type FindOptions, foundPython } from './python.ts';
import { customRuntimes, nodeRuntimes, pythonRuntimes, runtimeFault } from './runtime-names.ts';

/** A Lambda runtime in the twin. */
export interface Runtime {
  /** Version in INIT_START. */
  readonly version: string;
  /** File in which inline code is stored; absent for runtimes without inline code. */
  readonly codeFile?: 'index.js' | 'index.py';
  /**
   * True for the twin's own bootstraps, which receive invocations over a file descriptor. All others use the Runtime API over
   * HTTP.
   */
  readonly hasChannel?: boolean;
  /** Program and arguments that start the bootstrap. */
  readonly command: readonly [program: string, ...parameters: string[]];
  /** Returns the first parameters, for the memory in MB and the variables of the function. */
  memoryParameters?(memorySize: number, variables: Readonly<Record<string, string>>): readonly string[];
}

/** Returns the program that starts a function's runtime, with its parameters. */
export const runtimeCommand = (
  { command: [program, ...parameters], memoryParameters }: Runtime,
  { memorySize, environment }: FunctionConfiguration,
): readonly [program: string, ...parameters: string[]] => [
  program,
  ...(memoryParameters?.(memorySize, environment) ?? []),
  ...parameters,
];

/**
 * Returns V8's options as in the bootstrap of Lambda's Node.js runtimes, for a function's memory in MB: a tenth for the new
 * space, the rest for the old space. Without them the heap would grow according to the memory of this machine.
 */
export const heapParameters = (memorySize: number): readonly string[] => [
  `--max-semi-space-size=${Math.floor(memorySize / 20)}`,
  `--max-old-space-size=${memorySize - Math.floor(memorySize / 10)}`,
];

/**
 * Returns the runtime of a name. Throws a LocalError for an unknown name. `program` is the interpreter of functions in Python,
 * which can be missing or too old; `prepareRuntime` must be called first.
 */
export const findRuntime = (name: string, functionName: string, program?: string): Runtime => {
  if (nodeRuntimes.includes(name)) return node;
  if (customRuntimes.includes(name)) return custom;
  if (pythonRuntimes.includes(name)) return python(`Function ${functionName} has the Runtime ${name}`, program);
  throw new LocalError('RUNTIME_MISSING', `Function ${functionName}: Runtime ${runtimeFault(name)?.message}`);
};

/** Runs the programs of a runtime to find their versions for `findRuntime`, and debugpy if `isInspected`. */
export const prepareRuntime = async (
  name: string,
  {
    program,
    isInspected,
    ...options
  }: FindOptions & { readonly program?: string | undefined; readonly isInspected: boolean },
): Promise<void> => {
  if (!pythonRuntimes.includes(name)) return;
  await askPython(program, options);
  if (!isInspected) return;
  const { askForDebugpy } = await import('./inspect/debugpy.ts');
  await askForDebugpy(foundPython('--inspect debugs functions in Python', program).executable, options);
};

// All Node.js runtimes use the Node.js of the twin. Inline code is CommonJS, whatever its syntax.
const node: Runtime = {
  version: `nodejs:${process.versions.node}`,
  codeFile: 'index.js',
  hasChannel: true,
  command: [
    process.execPath,
    // Each thread has to be stopped and resumed around every invocation: V8 gets one thread for background work instead of four.
    '--v8-pool-size=1',
    '--no-experimental-detect-module',
    '--no-experimental-require-module',
    fileURLToPath(new URL('bootstrap/node.mjs', import.meta.url)),
  ],
  memoryParameters: (memorySize, { NODE_OPTIONS: options = '' }) =>
    /max[-_](semi|old)[-_]space[-_]size/.test(options) ? [] : heapParameters(memorySize),
};

/** All Python runtimes use the Python of this machine. The bootstrap allows only those installed packages that Lambda has. */
const python = (wanted: string, program: string | undefined): Runtime => {
  const { executable, version } = foundPython(wanted, program);
  const bootstrap = fileURLToPath(new URL('bootstrap/python.py', import.meta.url));
  return {
    version: `python:${version}`,
    codeFile: 'index.py',
    hasChannel: true,
    command: [executable, '-I', '-S', '-B', '-X', 'utf8', bootstrap],
  };
};

// Lambda starts the program `bootstrap` of the function’s code.
const custom: Runtime = { version: 'provided', command: ['./bootstrap'] };
