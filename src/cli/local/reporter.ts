import type { RequestRecord } from '../../twin/gateway/record.ts';
import type { Changes, Description, Stack } from '../../twin/index.ts';
import type { LogEvent } from '../../twin/small-services/logs.ts';
import type { Surroundings } from './start-lines.ts';

/** Tells the user what happens in a twin that runs. */
export interface Reporter {
  /** The stack runs. */
  ready(stack: Description, surroundings: Surroundings): void;
  /** An update has changed these resources, in so many milliseconds, and made the stack this one. */
  updated(changes: Changes, duration: number, stack: Description): void;
  request(record: RequestRecord): void;
  log(event: LogEvent): void;
  /** Something worth knowing that is no fault. */
  note(text: string): void;
  /** Something that AWS accepts and that fails later, or that the twin does not do. */
  warning(text: string): void;
  /** Reports what a start waits for. */
  waiting(text: string): void;
  /** A fault, after which the twin goes on. */
  error(error: unknown): void;
}

/**
 * Warns of the syntax errors and missing modules of functions' code that was not checked before. Never rejects: the API runs all the
 * same.
 */
export const warnOfCode = async (stack: Pick<Stack, 'checkCode'>, reporter: Reporter): Promise<void> => {
  try {
    for (const fault of await stack.checkCode()) reporter.warning(fault);
  } catch (error) {
    reporter.warning(`the code of the functions is not checked: ${(error as Error).message}`);
  }
};
