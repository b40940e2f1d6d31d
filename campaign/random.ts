/** A source of random numbers that returns the same ones for the same seed. */
export interface Random {
  /** Returns a number from 0 up to, but not including, 1. */
  next(): number;
  /** Returns a whole number from 0 up to, but not including, `bound`. */
  below(bound: number): number;
  chance(probability: number): boolean;
  /** Returns one of the values. Throws if there are none. */
  pick<Value>(values: readonly Value[]): Value;
  shuffled<Value>(values: readonly Value[]): Value[];
  /** Returns an independent source, which does not depend on the numbers drawn from this one. */
  fork(purpose: string): Random;
}

/** Creates a source from a seed of 32 bits. The generator is Mulberry32. */
export const createRandom = (seed: number): Random => {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (bound: number): number => Math.floor(next() * bound);
  return {
    next,
    below,
    chance: (probability) => next() < probability,
    pick(values) {
      if (values.length === 0) throw new Error('there is nothing to pick from');
      return values[below(values.length)] as (typeof values)[number];
    },
    shuffled: (values) =>
      values
        .map((value) => ({ value, place: next() }))
        .sort((a, b) => a.place - b.place)
        .map(({ value }) => value),
    fork: (purpose) => createRandom(hash(purpose, seed)),
  };
};

/** Returns the FNV-1a hash, with the seed in its offset basis. */
const hash = (text: string, seed: number): number => {
  let value = (0x811c9dc5 ^ seed) >>> 0;
  for (const byte of Buffer.from(text)) value = Math.imul(value ^ byte, 0x01000193) >>> 0;
  return value;
};
