import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Start, startEnvironment, timeSteps } from '../../bench/runtime/environment.ts';
import { findPython } from '../../src/twin/lambda/python.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'items-environment-'));
  writeFileSync(
    join(folder, 'index.cjs'),
    `let calls = 0;
    exports.handler = async ({ failFrom }) => ({ statusCode: ++calls >= failFrom ? 503 : 200 });
    exports.then = (resolve) => { delete exports.then; setTimeout(() => resolve(exports), 20); };`,
  );
  writeFileSync(
    join(folder, 'module.py'),
    'calls = 0\ndef handler(event, context):\n  global calls\n  calls += 1\n  return {"statusCode": 503 if calls >= event["failFrom"] else 200}\n',
  );
});
afterAll(() => rmSync(folder, { recursive: true }));

const bench = resolve(import.meta.dirname, '../../bench');
const starts: Record<string, () => Promise<Start>> = {
  'Node.js': async () => ({
    command: [process.execPath, join(bench, 'runtime/node.mjs')],
    variables: { _HANDLER: 'index.cjs#handler', LAMBDA_TASK_ROOT: folder },
  }),
  Python: async () => ({
    command: [(await findPython('python3.13', undefined)).executable, join(bench, 'runtime/python.py')],
    variables: { _HANDLER: 'module.py#handler', LAMBDA_TASK_ROOT: folder },
  }),
};

describe.each(Object.keys(starts))('an environment of %s', (language) => {
  const start = (): Promise<Start> => (starts[language] as () => Promise<Start>)();

  it('tells what loading and calling took', async () => {
    const environment = startEnvironment(await start());
    try {
      expect(await environment.loadMs).toBeGreaterThan(0);
      const answer = await environment.invoke({ failFrom: 9 });
      expect(answer.result).toEqual({ statusCode: 200 });
      expect(answer.cpuMs).toBeGreaterThan(answer.responseCpuMs);
      expect(answer.peakMemoryMb).toBeGreaterThan(1);
      expect((await environment.load({ failFrom: 9 }, 5, 1)).latencies.length).toBe(5);
    } finally {
      await environment.stop();
    }
  });

  it('takes no rejection for an answer', async () => {
    const environment = startEnvironment(await start());
    try {
      await environment.loadMs;
      await expect(environment.load({ failFrom: 3 }, 5, 1)).rejects.toThrow(/#handler in .* has ended: /);
    } finally {
      await environment.stop();
    }
  });
});

it('says what is wrong with a program that cannot be started', async () => {
  const environment = startEnvironment({
    ...(await (starts.Python as () => Promise<Start>)()),
    command: [join(folder, 'none')],
  });
  await expect(environment.loadMs).rejects.toThrow(/has ended: spawn .*none ENOENT/);
});

it('times the steps of a handler, INIT apart from its code', async () => {
  const steps = await timeSteps(await (starts['Node.js'] as () => Promise<Start>)(), join(bench, 'steps/node.mjs'), {
    failFrom: 9,
  });
  const ofInit = Object.entries(steps).find(([step]) => step.startsWith('INIT'));
  expect(Object.keys(steps).length).toBe(6);
  expect(ofInit?.[1]).toBeGreaterThan(15);
  expect(Object.values(steps).every((ms) => ms >= 0)).toBe(true);
});
