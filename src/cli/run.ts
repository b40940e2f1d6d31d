import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { LocalError } from '../cloudformation/errors.ts';
import { TargetError } from '../conformance/send.ts';
import { DeployError } from '../deploy/errors.ts';
import { narrowHelp } from './narrow-help.ts';

/** Commands by name. Each is loaded separately, so that none waits for modules of another. */
export type Commands = Readonly<Record<string, () => Promise<Command>>>;

/** Ends a command that has already printed why it fails. */
export class SilentFailure extends Error {
  override readonly name = 'SilentFailure';
  readonly exitCode: number;

  constructor(exitCode = 1) {
    super(`exit code ${exitCode}`);
    this.exitCode = exitCode;
  }
}

/** Runs a command line and returns the exit code. Commands throw; only this function prints failures. */
export const run = async (argv: readonly string[], commands: Commands): Promise<number> => {
  process.stderr.on('error', ignoreClosed);
  const { description, version } = JSON.parse(
    readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
  ) as PackageJson;
  const program = new Command('items')
    .description(description)
    .version(version)
    .configureHelp(narrowHelp)
    .showHelpAfterError('(items --help lists the commands, items COMMAND --help the options of one)');
  for (const command of await loaded(commands, argv[2])) {
    program.addCommand(
      command.configureHelp(narrowHelp).showHelpAfterError(`(items ${command.name()} --help lists its options)`),
    );
  }
  try {
    await program.parseAsync(argv);
    return 0;
  } catch (error) {
    if (error instanceof SilentFailure) return error.exitCode;
    console.error(report(error));
    return error instanceof DeployError ? error.exitCode : 1;
  }
};

/** Returns the command of that name, or, if there is none, all commands for the list. */
const loaded = (commands: Commands, name = ''): Promise<Command[]> => {
  const known = Object.hasOwn(commands, name) ? [commands[name]] : Object.values(commands);
  return Promise.all(known.flatMap((load) => load?.() ?? []));
};

/** Ignores a closed standard error: the command continues. `interruption` handles standard output. */
const ignoreClosed = (error: NodeJS.ErrnoException): void => {
  if (error.code !== 'EPIPE') throw error;
};

interface PackageJson {
  readonly description: string;
  readonly version: string;
}

const report = (error: unknown): string => {
  if (error instanceof LocalError || error instanceof DeployError || error instanceof TargetError) return error.message;
  const text = error instanceof Error ? describe(error) : String(error);
  return `${text}\n\nThis is a bug in this program: please report it with the lines above.`;
};

const describe = (error: Error): string => {
  const text = error.stack ?? error.message;
  return error.cause instanceof Error ? `${text}\ncaused by ${describe(error.cause)}` : text;
};
