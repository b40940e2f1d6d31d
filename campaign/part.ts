import type { EditionName } from './ground/edition.ts';
import type { Ground } from './ground/ground.ts';
import type { Random } from './random.ts';

/** A part of the campaign. */
export interface Part {
  readonly name: string;
  /** The subject of the part, as a phrase for the report. */
  readonly title: string;
  run(context: Context): Promise<readonly Row[]>;
}

export interface Context {
  /** The editions to test. */
  readonly grounds: readonly Ground[];
  readonly random: Random;
  /** True to run a sample instead of everything. */
  readonly short: boolean;
  /** Interpreter of functions in Python. */
  readonly python: string;
  /** Run only the cases whose subject contains this text. */
  readonly match: string;
  /** A part starts no further case after this signal aborts. */
  readonly signal: AbortSignal;
  onProgress(line: string): void;
}

/** The result of a part for an edition. */
export interface Row {
  readonly part: string;
  readonly edition: EditionName | 'both';
  /** A count with its unit, such as `656 faulty requests`. */
  readonly tried: string;
  readonly wrong: readonly Wrong[];
  /** Milliseconds of the slowest response, or of what the title names. */
  readonly slowest: number;
}

/** A case with a wrong result. */
export interface Wrong {
  /** Identifies the case, such as by operation and fault. */
  readonly subject: string;
  readonly why: string;
}

/** Milliseconds within which every response must arrive. */
export const timeLimit = 12_000;
