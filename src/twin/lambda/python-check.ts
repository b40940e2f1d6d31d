import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { askProgram } from './ask-program.ts';
import type { CheckedCode, MissingModule } from './missing-modules.ts';
import { findPython } from './python.ts';
import type { SyntaxFault } from './syntax.ts';

/** Faults that the Python interpreter finds in the code of functions. */
export interface PythonFaults {
  readonly syntax: readonly SyntaxFault[];
  readonly missing: readonly MissingModule[];
  /** Version of an imported botocore that does not support `AWS_ENDPOINT_URL_DYNAMODB`. */
  readonly oldBotocore: string | undefined;
}

/** Checks the code of all functions in Python in one process, without running it. `signal` ends that process. */
export const checkPython = async (
  functions: readonly CheckedCode[],
  { python: program, signal }: { readonly python?: string | undefined; readonly signal?: AbortSignal | undefined } = {},
): Promise<PythonFaults> => {
  const { executable } = await findPython('Functions in Python are compiled', program, { signal });
  const script = fileURLToPath(new URL('bootstrap/check_code.py', import.meta.url));
  const parameters = ['-I', '-S', '-B', '-X', 'utf8', '-W', 'ignore', script];
  const checked = functions.filter((code) => code.codeFolder === undefined || existsSync(fileOf(code)));
  const input = JSON.stringify(
    checked.map(({ zipFile, codeFolder, handler }) =>
      codeFolder === undefined ? { source: zipFile } : { folder: codeFolder, file: nameOf(handler) },
    ),
  );
  const { status, stdout } = await askProgram(executable, parameters, { input, signal, timeout: compileTimeout });
  if (status !== 0) throw new Error(`${executable} fails to compile it`);
  const results = JSON.parse(stdout) as Result[];
  return {
    syntax: checked.flatMap(({ functionName }, index) => {
      const [line, message] = results[index]?.fault ?? [];
      return message === undefined ? [] : [{ functionName, line: line ?? undefined, message }];
    }),
    missing: checked.flatMap((code, index) => (results[index]?.missing ?? []).map((one) => missingModule(code, one))),
    oldBotocore: results.map(({ old }) => old).find((version) => version !== null) ?? undefined,
  };
};

interface Result {
  readonly fault: readonly [line: number | null, message: string] | null;
  readonly missing: readonly (readonly [module: string, line: number])[];
  readonly old: string | null;
}

const missingModule = (code: CheckedCode, [module, line]: Result['missing'][number]): MissingModule => {
  const { functionName, codeFolder, zipFile, handler } = code;
  const source = codeFolder === undefined ? zipFile : readFileSync(fileOf(code), 'utf8');
  const file = codeFolder === undefined ? 'index.py' : nameOf(handler);
  return {
    functionName,
    module,
    file,
    line,
    text: source.split('\n')[line - 1]?.trim() ?? '',
    remedy: remedy(module, codeFolder),
  };
};

const remedy = (module: string, folder: string | undefined): string => {
  if (/^(?:boto3|botocore|s3transfer|jmespath|urllib3)$/.test(module))
    return `install it with "pip install ${/^url/.test(module) ? module : 'boto3'}", or name the interpreter that has it with --python PATH`;
  if (folder === undefined) return "Lambda's runtimes do not include it, and inline code cannot contain packages";
  return `install it with "pip install --target ${folder}" and the name of its package`;
};

/** Returns the file of a handler such as `src/app.handler` or `src.app.handler`. */
const nameOf = (handler: string): string => `${handler.split('.').slice(0, -1).join('/')}.py`;

const fileOf = ({ codeFolder = '', handler }: CheckedCode): string => join(codeFolder, nameOf(handler));

/** Milliseconds. Python needs a few seconds for 4 MB of code, the maximum for the functions of a template. */
const compileTimeout = 60_000;
