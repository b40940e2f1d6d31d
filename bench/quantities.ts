import type { Sample, Samples } from './interleave.ts';
import type { Breakdown, Measurement, Target, Unit } from './measurement.ts';

/** The presentation of a figure of samples. */
export interface Quantity {
  readonly quantity: string;
  readonly unit: Unit;
  /** `less` by default. */
  readonly better?: 'less' | 'more';
  readonly targets?: readonly Target[];
}

/** Quantities by figure. */
export type Quantities = Readonly<Record<string, Quantity>>;

/**
 * Returns a measurement of each quantity, with the contenders that have its figure; none if ours does not have it. Throws an
 * Error if a contender has a figure in some rounds only. `prefix` precedes all names.
 */
export const measurementsOf = (quantities: Quantities, samples: Samples, ours: string, prefix = ''): Measurement[] =>
  Object.entries(quantities).flatMap(([figure, { quantity, unit, better = 'less', targets = [] }]) => {
    const values = valuesOf(samples, figure);
    return ours in values ? [{ quantity: prefix + quantity, unit, better, ours, values, targets }] : [];
  });

/** Returns the values of one figure, by contender. */
export const valuesOf = (samples: Samples, figure: string): Record<string, number[]> =>
  Object.fromEntries(
    Object.entries(samples).flatMap(([name, rounds]) => {
      const values = rounds.flatMap((sample) => sample[figure] ?? []);
      if (values.length === 0) return [];
      if (values.length !== rounds.length) throw new Error(`${name} gave no ${figure} in some rounds`);
      return [[name, values] as const];
    }),
  );

/** Returns the breakdown of consecutive steps, in milliseconds. */
export const stepsOf = (title: string, rounds: readonly Sample[]): Breakdown => ({
  title,
  unit: 'ms',
  parts: Object.fromEntries(
    Object.keys(rounds[0] ?? {}).map((step) => [step, rounds.map((sample) => sample[step] ?? Number.NaN)]),
  ),
});

/**
 * Returns the breakdown of contenders, each of which does what the one before it does, and something more. A part is the
 * difference to the contender before it, in the same round.
 */
export const layersOf = (
  title: string,
  unit: Unit,
  values: Readonly<Record<string, readonly number[]>>,
  layers: readonly (readonly [contender: string, part: string])[],
): Breakdown => {
  const parts = layers.map(([contender, part], index) => {
    const below = values[layers[index - 1]?.[0] ?? ''] ?? [];
    return [part, (values[contender] ?? []).map((value, round) => value - (below[round] ?? 0))] as const;
  });
  return { title, unit, parts: Object.fromEntries(parts) };
};
