import { execFile } from 'node:child_process';
import { availableParallelism, cpus, release, totalmem, type } from 'node:os';

/** Properties of the machine that figures depend on, besides the code. */
export interface Machine {
  readonly processor: string;
  readonly cores: number;
  /** Memory in GiB. */
  readonly memory: number;
  readonly system: string;
  readonly node: string;
  readonly python: string;
}

export const machine = async (): Promise<Machine> => ({
  processor: cpus()[0]?.model.trim() ?? 'unknown processor',
  cores: availableParallelism(),
  memory: Math.round(totalmem() / 2 ** 30),
  system: `${type()} ${release().split('.').slice(0, 2).join('.')}`,
  node: process.version,
  python: await answerOf('python3', '--version'),
});

/** Returns the checked-out commit, marked if files differ from it. */
export const commit = (): Promise<string> => answerOf('git', 'describe', '--always', '--dirty', '--exclude', '*');

const answerOf = (program: string, ...parameters: readonly string[]): Promise<string> =>
  new Promise((resolve) =>
    execFile(program, parameters, (error, stdout) => resolve(error ? `no ${program}` : stdout.trim())),
  );
