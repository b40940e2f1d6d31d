/**
 * A quantity of several contenders, measured in one run, with one value for each round. Values of the same round were measured
 * close together.
 */
export interface Measurement {
  /** Name of the quantity, such as `GetItem: start of the process to the first answer`. */
  readonly quantity: string;
  readonly unit: Unit;
  readonly better: 'less' | 'more';
  /** The contender that is compared with the others, one of `values`. */
  readonly ours: string;
  /** Values of each contender by its name. All contenders have the same number of values. */
  readonly values: Readonly<Record<string, readonly number[]>>;
  readonly targets?: readonly Target[];
}

export type Unit = 'ms' | 'MB' | 'requests/s' | 'calls' | 'capacity units';

/** The target for the ratio of ours to another contender: a maximum if less is better, otherwise a minimum. */
export interface Target {
  readonly against: string;
  readonly ratio: number;
}

/** Consecutive parts of a quantity, with one value for each round. The sum of the parts is the whole. */
export interface Breakdown {
  /** Name of the quantity, such as `GetItem: start of the process to the first answer`. */
  readonly title: string;
  readonly unit: Unit;
  readonly parts: Readonly<Record<string, readonly number[]>>;
}

/** Result of a suite. */
export interface SuiteResult {
  readonly measurements: readonly Measurement[];
  readonly breakdowns?: readonly Breakdown[];
  /** Sentences about the measurement, and about contenders that could not run here, with the reason. */
  readonly notes: readonly string[];
}

export interface SuiteOptions {
  /** Number of values of each contender. */
  readonly rounds: number;
  /** True if the run only tests that the suite works: then it uses little load and few repetitions. */
  readonly short: boolean;
  /** Called with a description of the next step. */
  onProgress(line: string): void;
}

/** Measurements that belong together. */
export interface Suite {
  /** Name on the command line. */
  readonly name: string;
  readonly title: string;
  run(options: SuiteOptions): Promise<SuiteResult>;
}
