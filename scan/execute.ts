import { execFile } from 'node:child_process';
import { Unprepared } from './unprepared.ts';

interface Options {
  /** Where the program runs. It is its home, too, and the environment is empty, so that no settings of the user's count. */
  readonly directory?: string;
  /** What the environment has beside that. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Exit codes that are no failure. */
  readonly expected?: readonly number[];
}

/** Standard output of a program. Rejects with what it wrote if it fails, and with `Unprepared` if there is no such program. */
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
