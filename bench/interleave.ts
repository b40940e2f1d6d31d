/** What one round of a contender gives, by quantity. */
export type Sample = Readonly<Record<string, number>>;

/**
 * Measures contenders in turns, so that what else the machine does falls on all alike: each once in every round, and the
 * one that begins changes. A round before the first, which fills caches, does not count.
 */
export const interleave = async (
  contenders: Readonly<Record<string, () => Promise<Sample>>>,
  rounds: number,
): Promise<Record<string, Sample[]>> => {
  const entries = Object.entries(contenders);
  const samples: Record<string, Sample[]> = Object.fromEntries(entries.map(([name]) => [name, []]));
  for (const [, measure] of entries) await measure();
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < entries.length; turn++) {
      const [name, measure] = entries[(round + turn) % entries.length] as (typeof entries)[number];
      samples[name]?.push(await measure());
    }
  }
  return samples;
};

/** The values of one quantity, by contender, for a Measurement. */
export const valuesOf = (samples: Readonly<Record<string, readonly Sample[]>>, quantity: string): Record<string, number[]> =>
  Object.fromEntries(
    Object.entries(samples).map(([name, rounds]) => [
      name,
      rounds.map((sample) => {
        const value = sample[quantity];
        if (value === undefined) throw new Error(`${name} gave no ${quantity}`);
        return value;
      }),
    ]),
  );
