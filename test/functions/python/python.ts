import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { entities } from '../../../src/contract/entities.ts';
import { operations } from '../../../src/contract/operations.ts';
import { sourceOf } from '../../../src/stack/code/edition.ts';
import { entityFile, pythonEntity } from '../../../src/stack/code/entity-file.ts';
import { inlinePython } from '../../../src/stack/code/inline-python.ts';

const root = resolve(import.meta.dirname, '../../..');

/** The Python that tests run; PYTHON names another one. */
export const python = process.env.PYTHON ?? 'python3';

/** Environment of a Python that finds the functions as `functions.python` and leaves no files behind. */
export const environment = () => ({ ...process.env, PYTHONPATH: join(root, 'src'), PYTHONDONTWRITEBYTECODE: '1' });

/** Why there is no Python to run the functions with; undefined if there is one. Where CI is set, it must be there. */
export const whyNot = await (async (): Promise<string | undefined> => {
  const reason = await promisify(execFile)(python, [
    '-c',
    'import sys; assert sys.version_info >= (3, 9), sys.version',
  ]).then(
    () => undefined,
    (error: Error) => `${python} is missing or older than 3.9: ${error.message.trim().split('\n').at(-1)}`,
  );
  if (reason === undefined) return undefined;
  if (process.env.CI) throw new Error(reason);
  console.warn(`Tests of the functions in Python are skipped. ${reason}`);
  return reason;
})();

/** What a function in Python answered, and the lines that it wrote meanwhile, parsed. */
export interface Answered {
  readonly result: { readonly statusCode: number; readonly headers: Record<string, string>; readonly body: string };
  readonly log: readonly Record<string, unknown>[];
}

/** A process that has the inlined code of one operation's function loaded, as Lambda has. */
export interface PythonFunction {
  invoke(event: object, remaining?: number): Promise<Answered>;
  /** Returns the item that a request body becomes, or the problem with which it is rejected. */
  roundTrip(body: string): Promise<string>;
  stop(): void;
}

/** Functions that run from files of inlined code. */
export const pythonFunctions = () => {
  let folder: string | undefined;
  const processes: ChildProcess[] = [];
  return {
    start(handler: string, variables: Record<string, string | undefined> = {}): PythonFunction {
      folder ??= writeInlined();
      const child = spawn(python, [join(import.meta.dirname, 'drive.py'), join(folder, `${handler}.py`)], {
        env: { ...environment(), ...variables },
        stdio: ['pipe', 'pipe', 'inherit'],
      });
      processes.push(child);
      // That it has ended shows in what it does not answer.
      child.stdin.on('error', () => {});
      const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
      let last: Promise<unknown> = Promise.resolve();
      const ask = async <T>(request: object): Promise<T> => {
        child.stdin.write(`${JSON.stringify(request)}\n`);
        const { value, done } = await lines.next();
        if (done) throw new Error(`${handler} has ended in Python; it says above why`);
        return JSON.parse(value);
      };
      // One after the other, as an execution environment does.
      const queue = <T>(request: object): Promise<T> => {
        const answer = last.then(() => ask<T>(request));
        last = answer.catch(() => {});
        return answer;
      };
      return {
        invoke: (event, remaining = 30_000) => queue({ event, remaining }),
        roundTrip: (body) => queue({ body }),
        stop: () => child.stdin.end(),
      };
    },
    stop(): void {
      for (const child of processes) child.kill();
      if (folder !== undefined) rmSync(folder, { recursive: true });
    },
  };
};

const writeInlined = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'items-python-'));
  const code = inlinePython(
    join(root, 'src/functions/python'),
    operations.flatMap(({ handler, entity }) =>
      entity === entities[0] ? { name: handler, handler, entity: entity.name } : [],
    ),
    { file: entityFile, sources: new Map(entities.slice(0, 1).map((entity) => [entity.name, pythonEntity(entity)])) },
  );
  for (const [handler, own] of code.handlers) writeFileSync(join(folder, `${handler}.py`), sourceOf(code, own));
  return folder;
};
