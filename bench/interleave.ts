/** Values of a contender in one round, by figure. */
export type Sample = Readonly<Record<string, number>>;

/** The samples of each contender, in the order of the rounds. */
export type Samples = Readonly<Record<string, readonly Sample[]>>;

/**
 * Measures contenders in turns, so that other load on the machine affects all of them. Each is measured once in every round, in a
 * new random order, so that none always follows the same other one. A first round, which fills caches, does not count.
 */
export const interleave = async (
  contenders: Readonly<Record<string, () => Promise<Sample>>>,
  rounds: number,
): Promise<Record<string, Sample[]>> => {
  const entries = Object.entries(contenders);
  const samples: Record<string, Sample[]> = Object.fromEntries(entries.map(([name]) => [name, []]));
  for (const [, measure] of entries) await measure();
  for (let round = 0; round < rounds; round++) {
    for (const [name, measure] of shuffled(entries)) samples[name]?.push(await measure());
  }
  return samples;
};

const shuffled = <Value>(values: readonly Value[]): Value[] =>
  values
    .map((value) => ({ value, place: Math.random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ value }) => value);
