import { seconds } from '../ground/client.ts';
import type { EditionName } from '../ground/edition.ts';
import type { Row, Wrong } from '../part.ts';

/** The row of a part that is running. As a string, it is the count so far. */
export interface OpenRow {
  /** Counts a case. `duration` is in milliseconds. */
  tried(subject: string, reasons: readonly string[], duration: number): void;
  /** Adds reasons without counting a case. */
  add(subject: string, reasons: readonly string[]): void;
  /** Returns the row. `cases` is the name of its cases. */
  end(cases: string): Row;
  toString(): string;
}

export const createRow = (part: string, edition: EditionName): OpenRow => {
  const wrong: Wrong[] = [];
  let count = 0;
  let slowest = 0;
  const add: OpenRow['add'] = (subject, reasons) => {
    // Limited, because a case that loses one item often loses hundreds.
    wrong.push(...reasons.slice(0, 5).map((why) => ({ subject, why })));
  };
  return {
    add,
    tried(subject, reasons, duration) {
      count++;
      slowest = Math.max(slowest, duration);
      add(subject, reasons);
    },
    end: (cases) => ({ part, edition, tried: `${count} ${cases}`, wrong, slowest }),
    toString: () => `${count} tried, ${wrong.length} wrong, slowest ${seconds(slowest)}`,
  };
};
