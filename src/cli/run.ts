import { Command } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import { LocalError } from '../local/errors.ts';
import { localCommand } from './local.ts';

/** Arguments in, exit code out. Commands throw; only this function prints failures. */
export const run = async (argv: readonly string[]): Promise<number> => {
  const program = new Command('items')
    .description(packageJson.description)
    .version(packageJson.version)
    .showHelpAfterError('(items --help lists the commands, items COMMAND --help the options of one)')
    .addCommand(localCommand());
  try {
    await program.parseAsync(argv);
    return 0;
  } catch (error) {
    console.error(report(error));
    return 1;
  }
};

const report = (error: unknown): string => {
  if (error instanceof LocalError) return error.message;
  const text = error instanceof Error ? describe(error) : String(error);
  return `${text}\n\nThis is a fault of the twin's, not of yours: please report it with the lines above.`;
};

const describe = (error: Error): string => {
  const text = error.stack ?? error.message;
  return error.cause instanceof Error ? `${text}\ncaused by ${describe(error.cause)}` : text;
};
