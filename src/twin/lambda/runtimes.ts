import { fileURLToPath } from 'node:url';
import { LocalError } from '../../cloudformation/errors.ts';
import type { FunctionConfiguration } from './lambda.ts';
import { askPython, type FindOptions, foundPython } from './python.ts';
import { customRuntimes, nodeRuntimes, pythonRuntimes, runtimeFault } from './runtime-names.ts';

/** Lambda runtime, as the twin runs it. */
export interface Runtime {
  /** Version in INIT_START. */
  readonly version: string;
  /** File that inline code is stored as; none of runtimes that take no inline code. */
  readonly codeFile?: 'index.js' | 'index.py';
  /** True of the twin's own bootstraps, which get their work over a descriptor. All others speak the Runtime API over HTTP. */
  readonly hasChannel?: boolean;
  /** Program and arguments that start its bootstrap. */
  readonly command: readonly [program: string, ...parameters: string[]];
  /** Parameters that come first, for MB of memory and the function's variables. */
  memoryParameters?(memorySize: number, variables: Readonly<Record<string, string>>): readonly string[];
}

/** The program that starts a function's runtime, with its parameters. */
export const runtimeCommand = (
  { command: [program, ...parameters], memoryParameters }: Runtime,
  { memorySize, environment }: FunctionConfiguration,
): readonly [program: string, ...parameters: string[]] => [
  program,
  ...(memoryParameters?.(memorySize, environment) ?? []),
  ...parameters,
];

/**
 * Returns the options of V8 that the bootstrap of Lambda's Node.js runtimes sets for a function's memory in MB: a tenth for its
 * new space, the rest for its old space. Without them the heap would grow as fast as on a machine with the memory of this one.
 */
export const heapParameters = (memorySize: number): readonly string[] => [
  `--max-semi-space-size=${Math.floor(memorySize / 20)}`,
  `--max-old-space-size=${memorySize - Math.floor(memorySize / 10)}`,
];

/**
 * Returns the runtime of a name; a LocalError names one that is not known. `program` is the interpreter of functions in Python,
 * of which a machine may have none or an old one; `prepareRuntime` has asked it before.
 */
export const findRuntime = (name: string, functionName: string, program?: string): Runtime => {
  if (nodeRuntimes.includes(name)) return node;
  if (customRuntimes.includes(name)) return custom;
  if (pythonRuntimes.includes(name)) return python(`Function ${functionName} has the Runtime ${name}`, program);
  throw new LocalError('RUNTIME_MISSING', `Function ${functionName}: Runtime ${runtimeFault(name)?.message}`);
};

/** Asks the programs that a runtime runs on for what `findRuntime`, and a debugger if `isInspected`, need to know. */
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

// Every Node.js runtime runs on the Node.js that runs the twin. Inline code is CommonJS, whatever its syntax looks like.
const node: Runtime = {
  version: `nodejs:${process.versions.node}`,
  codeFile: 'index.js',
  hasChannel: true,
  command: [
    process.execPath,
    // Every thread has to be stopped and woken up around every invocation: V8 gets one for its background work, and not four.
    '--v8-pool-size=1',
    '--no-experimental-detect-module',
    '--no-experimental-require-module',
    fileURLToPath(new URL('bootstrap/node.mjs', import.meta.url)),
  ],
  memoryParameters: (memorySize, { NODE_OPTIONS: options = '' }) =>
    /max[-_](semi|old)[-_]space[-_]size/.test(options) ? [] : heapParameters(memorySize),
};

/** Every Python runtime runs on the machine’s Python. Its bootstrap lets through, of what is installed there, only what Lambda has. */
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
