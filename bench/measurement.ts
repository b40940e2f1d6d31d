/** Something measured of several contenders in one run, a value each round: round n of one was next to round n of the others. */
export interface Measurement {
  /** Name of what is measured, such as `GetItem: start of the process to the first answer`. */
  readonly quantity: string;
  readonly unit: Unit;
  readonly better: 'less' | 'more';
  /** The contender that the others are held against, one of `values`. */
  readonly ours: string;
  /** Values of each contender by its name, as many for each. */
  readonly values: Readonly<Record<string, readonly number[]>>;
  readonly targets?: readonly Target[];
}

export type Unit = 'ms' | 'MB' | 'requests/s' | 'calls' | 'capacity units';

/** The ratio that ours is to have to another contender: at most, where less is better, else at least. */
export interface Target {
  readonly against: string;
  readonly ratio: number;
}

/** Parts of something measured, one after the other, a value each round. The parts add up to the whole. */
export interface Breakdown {
  /** Of what, such as `GetItem: start of the process to the first answer`. */
  readonly title: string;
  readonly unit: Unit;
  readonly parts: Readonly<Record<string, readonly number[]>>;
}

/** Result of a suite. */
export interface SuiteResult {
  readonly measurements: readonly Measurement[];
  readonly breakdowns?: readonly Breakdown[];
  /** Sentences on how it was measured, and on contenders that could not run here, with the reason. */
  readonly notes: readonly string[];
}

export interface SuiteOptions {
  /** Values of each contender. */
  readonly rounds: number;
  /** True if the point is only that it runs: then little is loaded and repeated. */
  readonly short: boolean;
  /** Told what it is about to do. */
  onProgress(line: string): void;
}

/** Measurements that belong together. */
export interface Suite {
  /** As on the command line. */
  readonly name: string;
  readonly title: string;
  run(options: SuiteOptions): Promise<SuiteResult>;
}
