import { fileURLToPath } from 'node:url';
import { LocalError } from '../errors.ts';
import type { FunctionConfiguration } from './lambda.ts';

/** How the twin runs a Lambda runtime. */
export interface Runtime {
  /** What INIT_START calls it. */
  readonly version: string;
  /** File that inline code is stored as. */
  readonly codeFile: 'index.js' | 'index.py';
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

/** The row of a runtime; one that is not in the table is refused by name. */
export const findRuntime = (name: string, functionName: string): Runtime => {
  const runtime = runtimes.get(name);
  if (runtime !== undefined) return runtime;
  throw new LocalError(
    'RUNTIME_MISSING',
    `Function ${functionName}: the twin cannot run ${name}; it runs ${[...runtimes.keys()].join(', ')}. Use one of these as Runtime.`,
  );
};

// Every Node.js runtime runs on the Node.js that runs the twin. Inline code is CommonJS, whatever its syntax looks like.
const node: Runtime = {
  version: `nodejs:${process.versions.node}`,
  codeFile: 'index.js',
  command: [
    process.execPath,
    '--no-experimental-detect-module',
    '--no-experimental-require-module',
    fileURLToPath(new URL('bootstrap/node.mjs', import.meta.url)),
  ],
  // As the bootstrap of Lambda's Node.js runtimes does: a tenth of the memory for V8's new space, the rest for its old space.
  // Without it the heap would grow as fast as on a machine with the memory of this one.
  memoryParameters: (memorySize, { NODE_OPTIONS: options = '' }) =>
    /max[-_](semi|old)[-_]space[-_]size/.test(options)
      ? []
      : [
          `--max-semi-space-size=${Math.floor(memorySize / 20)}`,
          `--max-old-space-size=${memorySize - Math.floor(memorySize / 10)}`,
        ],
};

const runtimes: ReadonlyMap<string, Runtime> = new Map([
  ['nodejs24.x', node],
  ['nodejs22.x', node],
  ['nodejs20.x', node],
]);
