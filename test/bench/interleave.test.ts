import { expect, it } from 'vitest';
import { interleave, valuesOf } from '../../bench/interleave.ts';

it('measures each contender once a round, another one first each time, and leaves out the round before the first', async () => {
  const order: string[] = [];
  const contender = (name: string) => async () => ({ turn: order.push(name) });
  const samples = await interleave({ a: contender('a'), b: contender('b'), c: contender('c') }, 3);
  expect(order.join(' ')).toBe('a b c a b c b c a c a b');
  expect(valuesOf(samples, 'turn')).toEqual({ a: [4, 9, 11], b: [5, 7, 12], c: [6, 8, 10] });
});

it('names the contender that does not give a quantity', () => {
  expect(() => valuesOf({ a: [{ cpu: 1 }], b: [{}] }, 'cpu')).toThrow('b gave no cpu');
});
