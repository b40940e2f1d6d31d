import type { Stack } from '../twin/index.ts';
import type { Reporter } from './local/reporter.ts';

/** Warns of the syntax errors and missing modules of functions' code that was not checked before. Never rejects: the API runs all the same. */
export const warnOfCode = async (stack: Pick<Stack, 'checkCode'>, reporter: Reporter): Promise<void> => {
  try {
    for (const fault of await stack.checkCode()) reporter.warning(fault);
  } catch (error) {
    reporter.warning(`the code of the functions is not checked: ${(error as Error).message}`);
  }
};
