import type { Measurement, Target } from './measurement.ts';

/** Median, least and greatest value. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** A row of the table: ours compared with one other contender. */
export interface Comparison {
  readonly against: string;
  readonly ours: Spread;
  readonly theirs: Spread;
  /** Ratio of ours to theirs, round by round. */
  readonly ratio: Spread;
  readonly target?: Target;
  /** True if the median of the ratios meets the target. */
  readonly met?: boolean;
}

export const spread = (values: readonly number[]): Spread => {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (index: number): number => sorted[index] ?? Number.NaN;
  const middle = (sorted.length - 1) / 2;
  return { median: (at(Math.floor(middle)) + at(Math.ceil(middle))) / 2, min: at(0), max: at(sorted.length - 1) };
};

/**
 * Compares ours with each other contender, in the order of the values. Throws an Error if a target refers to a contender without
 * values.
 */
export const compare = ({ quantity, ours, values, better, targets = [] }: Measurement): Comparison[] => {
  for (const { against } of targets) {
    if (!(against in values)) throw new Error(`${quantity}: a target is against ${against}, which was not measured`);
  }
  const own = values[ours] ?? [];
  return Object.entries(values)
    .filter(([name]) => name !== ours)
    .map(([against, others]) => {
      const ratio = spread(own.map((value, round) => value / (others[round] ?? Number.NaN)));
      const target = targets.find((candidate) => candidate.against === against);
      const met = target && (better === 'less' ? ratio.median <= target.ratio : ratio.median >= target.ratio);
      return { against, ours: spread(own), theirs: spread(others), ratio, ...(target && { target, met: met === true }) };
    });
};
