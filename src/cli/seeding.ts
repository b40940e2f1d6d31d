import type { RequestRecord } from '../twin/gateway/record.ts';
import type { Stack } from '../twin/index.ts';
import type { Reporter } from './local/reporter.ts';

/** The items of `--seed`, read before the twin starts. */
export interface Seeding {
  /** Rejects if the items cannot be created in the stack, after stopping the stack. */
  check(stack: Stack): Promise<void>;
  /** Creates the items and reports the result. Ends early when the signal is aborted. */
  run(stack: Stack, signal: AbortSignal): Promise<void>;
  /** Returns true for requests of the seeding, whose lines would hide all others. */
  sends(record: Pick<RequestRecord, 'userAgent'>): boolean;
}

/** Reads and validates the file. Rejects with a LocalError if it has faults. */
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
