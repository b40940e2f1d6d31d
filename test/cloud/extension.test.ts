import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Run } from '../../src/conformance/runner.ts';
import { start } from '../../src/twin/index.ts';
import { checkout } from '../checkout.ts';
import { editions } from '../editions.ts';
import { addEntities } from '../orders.ts';
import { adapted } from './adapt.ts';
import { bucket } from './bucket.ts';
import { serveCloud } from './cloud.ts';
import { isUnanswered } from './differences.ts';
import { extend, group, handlers } from './extend.ts';
import { openFront } from './front.ts';
import { addValidators, apiId, inventory, invokeUrl } from './stack.ts';

/** The group of the cases of the new entity. */
const orders = 'entity /orders';

const cloud = serveCloud();

let directory: string;
beforeAll(() => {
  directory = checkout(join(cloud().directory, 'extended'));
  for (const name of ['tsconfig.json', '.vscode', 'docs', 'deploy']) {
    cpSync(join(import.meta.dirname, '../..', name), join(directory, name), { recursive: true });
  }
  extend(directory);
  addEntities(directory);
});

/** Runs a script of the extended checkout, with the cloud as AWS. */
const run = (script: string, ...args: readonly string[]): Promise<string> =>
  cloud().run('sh', ['-c', 'cd "$0" && exec "$@"', directory, process.execPath, script, ...args]);
const items = (...args: readonly string[]): Promise<string> => run('bin/items.mjs', ...args);

it('a row, a handler in both languages and its cases make an operation, and a row an entity', async () => {
  for (const handler of handlers) {
    expect(readFileSync(join(directory, handler), 'utf8').split('\n').length, handler).toBeGreaterThan(300);
  }
  expect(await run('--disable-warning=ExperimentalWarning', 'scripts/synth-templates.ts')).toMatch(/^template\.yaml: /);
  await run('node_modules/typescript/bin/tsc');
  await run('scripts/synth-docs.ts');
  const cost = readFileSync(join(directory, 'docs/cost.md'), 'utf8');
  for (const path of [group, 'PATCH /orders/{id}']) expect(cost).toContain(path);
});

describe.each(editions)('the extended $name edition', ({ file, options }) => {
  it('runs in the local twin', async () => {
    const stack = await start(readFileSync(join(directory, file), 'utf8'), options);
    try {
      const url = stack.outputs.find(({ key }) => key === 'ApiInvokeUrl')?.value ?? '';
      const groups = [group, orders, 'cross-origin'];
      expect(await verify(url, ...groups.flatMap((name) => ['--only', name]))).toEqual(expect.arrayContaining(groups));
    } finally {
      await stack.stop();
    }
  });

  it('is deployed, verified, updated and destroyed', async () => {
    const before = await inventory(cloud());
    const template = `adapted.${file}`;
    writeFileSync(join(directory, template), adapted(readFileSync(join(directory, file), 'utf8')));
    const deploy = (...parameters: readonly string[]): Promise<string> =>
      items(
        'deploy',
        'dev',
        '--template',
        template,
        '--bucket',
        bucket,
        '--yes',
        ...parameters.flatMap((value) => ['--parameter', value]),
      );

    await deploy('ThrottlingRateLimit=10000', 'ThrottlingBurstLimit=5000');
    const url = await invokeUrl(cloud(), 'items-dev');
    await addValidators(cloud(), apiId(url));
    const front = await openFront(cloud().endpoint, url);
    const patch = () =>
      fetch(`${front.url}/items/missing`, {
        method: 'PATCH',
        headers: { 'content-type': 'application/json' },
        body: '{"price":1}',
      });
    try {
      const except = (await titles()).filter(isUnanswered).flatMap((one) => ['--except', `${one.group}: ${one.name}`]);
      // One case at a time: with more of them it answers later than functions wait, on a machine that is busy.
      const groups = await verify(front.url, '--sigv4', '--concurrency', '1', ...except);
      expect(groups).toEqual(expect.arrayContaining([group, orders, 'authorization']));
      expect((await patch()).status).toBe(403);
      expect(await deploy('AuthorizationType=NONE')).toContain('items-dev is deployed');
      expect((await patch()).status).toBe(404);
    } finally {
      await front.stop();
    }
    expect(await items('destroy', 'dev', '--yes')).toContain('Nothing is left of it.');
    expect(await inventory(cloud())).toEqual(before);
  });
});

/** Runs cases at a URL; settles with the groups that passed. */
const verify = async (url: string, ...options: readonly string[]): Promise<string[]> => {
  await items('verify', url, '--json', 'verified.json', ...options);
  const { cases }: { cases: Run['verdicts'] } = JSON.parse(readFileSync(join(directory, 'verified.json'), 'utf8'));
  return [...new Set(cases.filter(({ outcome }) => outcome === 'passed').map((one) => one.group))];
};

/** The cases of the extended checkout by group and name. */
const titles = async (): Promise<{ group: string; name: string }[]> => {
  let current = '';
  return (await items('verify', '--list')).split('\n').flatMap((line) => {
    if (line.startsWith('  ')) return [{ group: current, name: line.trim() }];
    current = line;
    return [];
  });
};
