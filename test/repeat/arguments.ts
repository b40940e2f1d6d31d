import { parseArgs } from 'node:util';

/** What to repeat, how often and beside what. */
export interface Settings {
  readonly times: number;
  /** Rounds in which all cores are busy: all, none, or every second one. */
  readonly load: 'busy' | 'idle' | 'alternate';
  /** True for those that `npm test` has only, else all that `npm run test:all` has. */
  readonly quick: boolean;
  readonly paths: readonly string[];
}

/** What an unreliable test is most likely to be in: what starts processes and talks over HTTP. */
const defaultPaths = ['test/conformance', 'test/cli'];

const usage = 'npm run test:repeat -- [TIMES] [PATH...] [--busy | --idle] [--quick]';

/** Reads the arguments of `npm run test:repeat`; a sentence if they are wrong. */
export const readArguments = (args: readonly string[]): Settings | string => {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        busy: { type: 'boolean', default: false },
        idle: { type: 'boolean', default: false },
        quick: { type: 'boolean', default: false },
      },
    });
    const [times = '10', ...paths] = positionals;
    if (!/^[1-9]\d{0,3}$/.test(times)) return `${times} is not a number of times from 1 to 9999: ${usage}`;
    if (values.busy && values.idle) return `--busy and --idle exclude each other: ${usage}`;
    const load = values.busy ? 'busy' : values.idle ? 'idle' : 'alternate';
    return { times: Number(times), load, quick: values.quick, paths: paths.length > 0 ? paths : defaultPaths };
  } catch (error) {
    return `${(error as Error).message.split('. ', 1)}: ${usage}`;
  }
};
