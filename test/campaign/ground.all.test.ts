import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import type { Deployment } from '../../campaign/ground/deployment.ts';
import { editionNames, readEdition, withEndpoint } from '../../campaign/ground/edition.ts';
import { inLanes } from '../../campaign/lanes.ts';
import { createRandom } from '../../campaign/random.ts';

describe('an edition', () => {
  it('gets the endpoint as a variable of each function, and no other change', () => {
    const text = readFileSync('template.yaml', 'utf8');
    const before = JSON.stringify(parseDocument(text, { logLevel: 'silent' }).toJS());
    const after = JSON.stringify(parseDocument(withEndpoint(text, 'http://x'), { logLevel: 'silent' }).toJS());
    const variable = '"AWS_ENDPOINT_URL_DYNAMODB":"http://x"';
    expect(after).toContain(variable);
    expect(after.replaceAll(`,${variable}`, '')).toBe(before);
  });

  it('exists in both languages', () => {
    for (const name of editionNames) {
      const template = readEdition(name).templateFor('http://127.0.0.1:20000');
      expect(template).toContain('AWS_ENDPOINT_URL_DYNAMODB: http://127.0.0.1:20000');
    }
  });

  it('without a function is rejected', () => {
    expect(() => withEndpoint('Resources: {}', 'http://x')).toThrow('no function');
  });
});

describe('random numbers', () => {
  const draw = (seed: number, purpose = ''): number[] => {
    const random = purpose === '' ? createRandom(seed) : createRandom(seed).fork(purpose);
    return Array.from({ length: 5 }, () => random.below(1000));
  };

  it('depend on the seed and the purpose only', () => {
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
    expect(draw(1, 'a')).toEqual(draw(1, 'a'));
    expect(draw(1, 'a')).not.toEqual(draw(1, 'b'));
    expect(draw(1, 'a')).not.toEqual(draw(2, 'a'));
  });

  it('of a fork do not depend on numbers drawn before', () => {
    const random = createRandom(1);
    random.next();
    expect(random.fork('a').next()).toBe(createRandom(1).fork('a').next());
  });

  it('pick and shuffle all values', () => {
    const random = createRandom(3);
    const picked = Array.from({ length: 100 }, () => random.pick(['a', 'b', 'c']));
    expect(new Set(picked)).toEqual(new Set(['a', 'b', 'c']));
    expect(random.shuffled([3, 1, 2]).sort()).toEqual([1, 2, 3]);
    expect(() => random.pick([])).toThrow('nothing to pick from');
  });
});

describe('lanes', () => {
  const lanes = ['one', 'two', 'three'] as unknown as Deployment[];
  const tasks = Array.from({ length: 30 }, (_, index) => ({ function: index % 10 === 0 ? 'rare' : 'usual', index }));

  it('run every task once, in parallel', async () => {
    const done: number[] = [];
    let running = 0;
    let most = 0;
    await inLanes(tasks, lanes, new AbortController().signal, async ({ index }) => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setImmediate(resolve));
      done.push(index);
      running--;
    });
    expect(done.sort((a, b) => a - b)).toEqual(tasks.map(({ index }) => index));
    expect(most).toBe(3);
  });

  it('start no task after an abort', async () => {
    const controller = new AbortController();
    let begun = 0;
    await inLanes(tasks, lanes, controller.signal, async () => {
      begun++;
      controller.abort();
    });
    expect(begun).toBeLessThanOrEqual(lanes.length);
  });
});
