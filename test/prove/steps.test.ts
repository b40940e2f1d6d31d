import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { items } from '../../prove/items.ts';
import { type Done, runSteps, type Step } from '../../prove/steps.ts';
import { until } from '../../prove/until.ts';
import { createWorkspace } from '../../prove/workspace.ts';

const step = (title: string, run: Step['run']): Step => ({ title, minutes: [0, 1], run });
const { signal } = new AbortController();

it('runs steps in order, until one fails', async () => {
  const told: Done[] = [];
  const done = await runSteps(
    [
      step('a', async () => 'with a remark'),
      step('b', async () => undefined),
      step('c', () => Promise.reject(new Error('no'))),
      step('d', async () => 'never'),
    ],
    signal,
    (one) => told.push(one),
  );
  expect(told).toEqual(done);
  expect(done.map(({ outcome, remark }) => [outcome, remark])).toEqual([
    ['passed', 'with a remark'],
    ['passed', undefined],
    ['failed', 'no'],
    ['not run', undefined],
  ]);
});

it('ends with an interruption', async () => {
  const controller = new AbortController();
  const { signal } = controller;
  const interrupted = step('a', async () => {
    controller.abort();
    signal.throwIfAborted();
    return undefined;
  });
  const outcomes = (await runSteps([interrupted, step('b', async () => undefined)], signal)).map(({ outcome }) => outcome);
  expect(outcomes).toEqual(['interrupted', 'not run']);
});

it('waits for a change, but not for ever', async () => {
  expect(await until(async () => true, { patience: 0, signal })).toBeGreaterThanOrEqual(0);
  expect(await until(async () => false, { patience: 0, signal })).toBeUndefined();
  const aborted = { patience: 60_000, signal: AbortSignal.abort() };
  await expect(until(async () => false, aborted)).rejects.toThrow('aborted');
});

it('runs the commands in a folder of its own, and says why one fails', async () => {
  const workspace = createWorkspace('0a1b2c3d', 'eu-west-1', (template) => template);
  const { directory } = workspace;
  expect(workspace.stackName).toBe('items-proof-0a1b2c3d');
  // It rejects before it connects to anything.
  const deploy = items(['deploy', 'other'], { directory, signal });
  await expect(deploy).rejects.toThrow('items deploy ended with 1: there is no environment other: there are proof;');
  const interrupted = items(['local', '--port', '0', '--memory'], { directory, signal: AbortSignal.abort() });
  await expect(interrupted).rejects.toThrow('This operation was aborted');
  workspace.remove();
  expect(existsSync(directory)).toBe(false);
});

it('interrupts a command', async () => {
  const workspace = createWorkspace('0a1b2c3d', 'eu-west-1', (template) => template);
  const controller = new AbortController();
  const running = items(['local', '--port', '0', '--memory'], { directory: workspace.directory, signal: controller.signal });
  const ended = running.then(
    () => 'in its own way',
    ({ message }: Error) => message,
  );
  controller.abort();
  // Early in its start, the signal ends it at once.
  expect(['in its own way', 'items local ended with SIGINT', 'items local ended with 130']).toContain(await ended);
  workspace.remove();
});
