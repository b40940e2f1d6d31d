import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { TargetError } from '../conformance/errors.ts';
import { DeployError } from '../deploy/errors.ts';
import { LocalError } from '../local/errors.ts';
import { deployCommand } from './deploy.ts';
import { destroyCommand } from './destroy.ts';
import { localCommand } from './local.ts';
import { SilentFailure } from './silent-failure.ts';
import { verifyCommand } from './verify.ts';

/** Arguments in, exit code out. Commands throw; only this function prints failures. */
export const run = async (argv: readonly string[]): Promise<number> => {
  const { description, version } = JSON.parse(
    readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
  ) as PackageJson;
  const program = new Command('items')
    .description(description)
    .version(version)
    .showHelpAfterError('(items --help lists the commands, items COMMAND --help the options of one)')
    .addCommand(localCommand())
    .addCommand(deployCommand())
    .addCommand(verifyCommand())
    .addCommand(destroyCommand());
  try {
    await program.parseAsync(argv);
    return 0;
  } catch (error) {
    if (error instanceof SilentFailure) return error.exitCode;
    console.error(report(error));
    return error instanceof DeployError ? error.exitCode : 1;
  }
};

interface PackageJson {
  readonly description: string;
  readonly version: string;
}

const report = (error: unknown): string => {
  if (error instanceof LocalError || error instanceof DeployError || error instanceof TargetError) return error.message;
  const text = error instanceof Error ? describe(error) : String(error);
  return `${text}\n\nThis is a fault of ours, not of yours: please report it with the lines above.`;
};

const describe = (error: Error): string => {
  const text = error.stack ?? error.message;
  return error.cause instanceof Error ? `${text}\ncaused by ${describe(error.cause)}` : text;
};
