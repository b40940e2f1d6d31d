import { expect, it, vi } from 'vitest';
import { interleave } from '../../bench/interleave.ts';
import { numbersOf } from '../random.ts';

it('measures each contender once a round, and leaves out the round before the first', async () => {
  const order: string[] = [];
  const contender = (name: string) => async () => ({ turn: order.push(name) });
  // An order that is drawn, and the same one each time.
  vi.spyOn(Math, 'random').mockImplementation(numbersOf(1));
  const samples = await interleave({ a: contender('a'), b: contender('b'), c: contender('c') }, 50);
  const rounds = Array.from({ length: 51 }, (_, round) => order.slice(round * 3, round * 3 + 3));
  for (const round of rounds) expect(round.toSorted()).toEqual(['a', 'b', 'c']);
  for (const [name, list] of Object.entries(samples)) {
    expect(list.map(({ turn = 0 }) => order[turn - 1])).toEqual(Array(50).fill(name));
    expect(Math.min(...list.map(({ turn = 0 }) => turn))).toBeGreaterThan(3);
  }
  const predecessors = order.flatMap((name, at) => (name === 'a' && at > 0 ? [order[at - 1]] : []));
  expect(new Set(predecessors)).toEqual(new Set(['a', 'b', 'c']));
});
