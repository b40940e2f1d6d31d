import type { Stack } from '../local/index.ts';

/** Prints the syntax errors of functions' code that was not checked before. Never rejects: the API runs all the same. */
export const printCodeFaults = async (stack: Pick<Stack, 'checkCode'>): Promise<void> => {
  try {
    for (const fault of await stack.checkCode()) console.error(fault);
  } catch (error) {
    console.error(`the code of the functions is not checked for syntax errors: ${(error as Error).message}`);
  }
};
