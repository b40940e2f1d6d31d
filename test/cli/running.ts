import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach } from 'vitest';

export const program = fileURLToPath(new URL('../../bin/items.mjs', import.meta.url));
export const product = fileURLToPath(new URL('../../template.yaml', import.meta.url));
export const template = fileURLToPath(new URL('../twin/fixture.yaml', import.meta.url));
interface Run {
  readonly child: ChildProcess;
  /** Waits for a line of standard output, the first of all that match, or of those that come after so many. */
  line(pattern: RegExp, after?: number): Promise<string>;
  /** Waits for a line of standard error. */
  errorLine(pattern: RegExp): Promise<string>;
  /** How many lines of standard output there are by now. */
  lines(): number;
  /** Waits for the exit. */
  end(): Promise<{ code: number | null; signal: NodeJS.Signals | null; stdout: string; stderr: string }>;
}

/** URL of the first stage of a twin that has started. */
export const urlOf = async ({ line }: Pick<Run, 'line'>): Promise<string> =>
  (await line(/^http\S+ {2}stage /)).split(' ')[0] ?? '';

const started: Run[] = [];

/** Runs `items` as its own process group, as a terminal does. */
export const items = (...args: string[]): Run => itemsIn('.', ...args);

/** The same in a folder; in another checkout it is the one of that. */
export const itemsIn = (folder: string, ...args: string[]): Run => {
  const own = join(folder, 'bin/items.mjs');
  const child = spawn(process.execPath, [existsSync(own) ? 'bin/items.mjs' : program, ...args], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const out: string[] = [];
  let stderr = '';
  const waiting = new Set<() => void>();
  const wake = (): void => {
    for (const resume of waiting) resume();
    waiting.clear();
  };
  const change = (): Promise<void> => new Promise((resolve) => void waiting.add(resolve));
  createInterface(child.stdout)
    .on('line', (line) => {
      out.push(line);
      wake();
    })
    .on('close', () => wake());
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk;
    wake();
  });
  child.once('close', wake);
  const closed = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>;
  const first = async (lines: () => readonly string[], pattern: RegExp): Promise<string> => {
    for (;;) {
      const found = lines().find((one) => pattern.test(one));
      if (found !== undefined) return found;
      if (child.stdout.readableEnded) throw new Error(`no line ${pattern} in\n${out.join('\n')}\n${stderr}`);
      await change();
    }
  };
  const line = (pattern: RegExp, after = 0): Promise<string> => first(() => out.slice(after), pattern);
  const errorLine = (pattern: RegExp): Promise<string> => first(() => stderr.split('\n'), pattern);
  const end = async () => {
    const [code, signal] = await closed;
    return { code, signal, stdout: out.join('\n'), stderr };
  };
  const run = { child, line, errorLine, lines: () => out.length, end };
  started.push(run);
  return run;
};

export const local = (...args: string[]) => items('local', '--template', template, '--memory', '--port', '0', ...args);

/** What the shell makes of a command line. */
export const shell = async (command: string): Promise<string> => {
  const child = spawn('/bin/sh', ['-c', command], { stdio: ['ignore', 'pipe', 'ignore'] });
  let stdout = '';
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  await once(child, 'close');
  return stdout;
};

export const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

/** Gives a changed copy of the fixture to `use`. */
export const withTemplate = async (
  change: (text: string) => string,
  use: (file: string) => Promise<void>,
): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'items-cli-'));
  try {
    writeFileSync(join(folder, 'template.yaml'), change(readFileSync(template, 'utf8')));
    await use(join(folder, 'template.yaml'));
  } finally {
    rmSync(folder, { recursive: true });
  }
};

/** Ends what a test has started. A file of tests calls it once: files may share this module. */
export const endAfterEach = (): void =>
  afterEach(async () => {
    for (const run of started.splice(0)) {
      if (run.child.exitCode === null) run.child.kill('SIGTERM');
      await run.end();
    }
  });
