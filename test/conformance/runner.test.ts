import { expect, it } from 'vitest';
import type { Case } from '../../src/conformance/case.ts';
import { runCases } from '../../src/conformance/runner.ts';

/** None of these cases requests anything. */
const target = { url: 'http://127.0.0.1:1' };

/** Cases that note which of them run at the same time. */
const observed = () => {
  const running = new Set<string>();
  const beside: Record<string, Set<string>> = {};
  const observe = (name: string, meanwhile: () => Promise<unknown> = async () => {}): Case['run'] => {
    const others = new Set<string>();
    beside[name] = others;
    return async () => {
      for (const other of running) {
        others.add(other);
        beside[other]?.add(name);
      }
      running.add(name);
      // What could begin beside this case has begun then.
      await new Promise(setImmediate);
      await meanwhile().finally(() => running.delete(name));
    };
  };
  return { beside, observe };
};

it('runs cases together, and those that run alone after them, one at a time', async () => {
  const { beside, observe } = observed();
  const met = Promise.withResolvers<void>();
  const alone = 'to be tested';
  const groups: Record<string, Case[]> = {
    first: [
      { name: 'a', alone, run: observe('a') },
      { name: 'b', run: observe('b', () => met.promise) },
    ],
    second: [
      { name: 'c', alone, run: observe('c', () => Promise.reject(new Error('wrong'))) },
      { name: 'd', alone, run: observe('d') },
      { name: 'e', run: observe('e', async () => met.resolve()) },
    ],
  };
  const ended: string[] = [];
  const { verdicts } = await runCases(target, { groups, onVerdict: ({ name }) => void ended.push(name) });
  expect(beside).toEqual({ a: new Set(), b: new Set(['e']), c: new Set(), d: new Set(), e: new Set(['b']) });
  expect(ended.slice(2)).toEqual(['a', 'c', 'd']);
  expect(verdicts.map(({ group, name, outcome }) => [group, name, outcome])).toEqual([
    ['first', 'a', 'passed'],
    ['first', 'b', 'passed'],
    ['second', 'c', 'failed'],
    ['second', 'd', 'passed'],
    ['second', 'e', 'passed'],
  ]);
});

it.each([1, 2, 3])('runs %i cases at once, and no more', async (concurrency) => {
  let running = 0;
  let most = 0;
  const full = Promise.withResolvers<void>();
  const run = async (): Promise<void> => {
    running += 1;
    most = Math.max(most, running);
    if (running === concurrency) full.resolve();
    await full.promise;
    // What could begin beside this case has begun then.
    await new Promise(setImmediate);
    running -= 1;
  };
  await runCases(target, { groups: { all: ['a', 'b', 'c', 'd'].map((name) => ({ name, run })) }, concurrency });
  expect(most).toBe(concurrency);
});

it('begins no case once it is interrupted, and calls none failed for that', async () => {
  const controller = new AbortController();
  const interrupt: Case = {
    name: 'interrupt',
    async run(api) {
      controller.abort();
      await api.create();
    },
  };
  const next = { name: 'next', run: async () => {} };
  const groups = { all: [{ ...next, name: 'last', alone: 'to be tested' }, interrupt, next] };
  const { verdicts } = await runCases({ ...target, signal: controller.signal }, { groups, concurrency: 1 });
  expect(verdicts).toMatchObject(['last', 'interrupt', 'next'].map((name) => ({ name, outcome: 'not run' })));
});
