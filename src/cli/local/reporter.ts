import type { RequestRecord } from '../../twin/gateway/record.ts';
import type { Changes, Description, Stack } from '../../twin/index.ts';
import type { LogEvent } from '../../twin/small-services/logs.ts';
import type { Surroundings } from './start-lines.ts';

/** Reports the events of a running twin to the user. */
export interface Reporter {
  /** Reports that the stack runs. */
  ready(stack: Description, surroundings: Surroundings): void;
  /** Reports an update: the changed resources, its duration in milliseconds, and the resulting stack. */
  updated(changes: Changes, duration: number, stack: Description): void;
  request(record: RequestRecord): void;
  log(event: LogEvent): void;
  /** Reports information that is not a fault. */
  note(text: string): void;
  /** Reports something that AWS accepts and that fails later, or that the twin does not do. */
  warning(text: string): void;
  /** Reports what a start waits for. */
  waiting(text: string): void;
  /** Reports a fault. The twin continues to run. */
  error(error: unknown): void;
}

/**
 * Warns of syntax errors and missing modules in functions' code that has not been checked yet. Never rejects: the API runs in any
 * case.
 */
export const warnOfCode = async (stack: Pick<Stack, 'checkCode'>, reporter: Reporter): Promise<void> => {
  try {
    for (const fault of await stack.checkCode()) reporter.warning(fault);
  } catch (error) {
    reporter.warning(`the code of the functions is not checked: ${(error as Error).message}`);
  }
};
