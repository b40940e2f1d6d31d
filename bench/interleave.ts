/** Values of one round of a contender, by figure. */
export type Sample = Readonly<Record<string, number>>;

/** The samples of each contender, round by round. */
export type Samples = Readonly<Record<string, readonly Sample[]>>;

/**
 * Measures contenders in turns, so that what else the machine does falls on all alike: each once in every round, in an order
 * that is drawn anew, so that none always follows the same other. A round before the first, which fills caches, does not
 * count.
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
