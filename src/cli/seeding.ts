import type { RequestRecord } from '../twin/gateway/record.ts';
import type { Stack } from '../twin/index.ts';
import type { Reporter } from './local/reporter.ts';

/** The items of `--seed`, read before anything starts. */
export interface Seeding {
  /** Raises why a stack cannot have them, if that is so, and stops the stack then. */
  check(stack: Stack): Promise<void>;
  /** Writes them, and reports what became of them. Ends early with the signal. */
  run(stack: Stack, signal: AbortSignal): Promise<void>;
  /** True of the requests that write them: a line for each would hide everything else. */
  sends(record: Pick<RequestRecord, 'userAgent'>): boolean;
}

/** Reads and checks the file. What is wrong with it is a LocalError. */
export const prepareSeeding = async (file: string, reporter: Reporter): Promise<Seeding> => {
  const { checkSeedable, readSeedFile, seed } = await import('./seed/index.ts');
  const lines = await readSeedFile(file);
  const userAgent = `items-seed/${crypto.randomUUID()}`;
  return {
    check: async (stack) => {
      try {
        checkSeedable(stack);
      } catch (error) {
        await stack.stop();
        throw error;
      }
    },
    run: (stack, signal) => seed(stack, { file, lines, userAgent }, { signal, reporter }),
    sends: (record) => record.userAgent === userAgent,
  };
};
