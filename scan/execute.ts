import { execFile } from 'node:child_process';
import { Unprepared } from './unprepared.ts';

interface Options {
  /**
   * Working folder of the program. It is also its home, and the environment is otherwise empty, so that no settings of the user
   * apply.
   */
  readonly directory?: string;
  /** Further environment variables. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Exit codes that are not a failure. */
  readonly expected?: readonly number[];
}

/**
 * Runs a program and resolves with its standard output. Rejects with its output if it fails, and with `Unprepared` if there is no
 * such program.
 */
export const execute = (
  program: string,
  args: readonly string[],
  { directory, variables, expected = [0] }: Options = {},
): Promise<string> =>
  new Promise((done, fail) => {
    const isolation =
      directory === undefined ? {} : { cwd: directory, env: { PATH: process.env.PATH, HOME: directory, ...variables } };
    execFile(program, args, { ...isolation, maxBuffer: 2 ** 28 }, (error, stdout, stderr) => {
      const code = error ? error.code : 0;
      if (typeof code === 'number' && expected.includes(code)) return done(stdout);
      if (code === 'ENOENT')
        return fail(new Unprepared(`${program} is not here: install it and try again.`, { cause: error }));
      fail(new Error(`${program} ended with ${code ?? error?.signal}:\n${stderr || stdout}`, { cause: error }));
    });
  });
