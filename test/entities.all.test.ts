import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { entities } from '../src/contract/entities.ts';
import { operations } from '../src/contract/operations.ts';
import { start } from '../src/twin/index.ts';
import { editions } from './editions.ts';
import { addEntities, row } from './orders.ts';
import { ordersCheckout } from './orders-checkout.ts';

/* Adds the entity Order to a copy of the source, as a developer does: a row, and "npm run synth". */

/** Operations on an entity, and the entities whose functions fit into the query of 50 log groups. */
const each = operations.filter(({ entity }) => entity === entities[0]).length;
const fit = Math.floor(50 / each);

let parent = '';
/** The templates of items alone, by file. */
const before = new Map<string, string>();
let directory = '';
const synth = (...args: readonly string[]) =>
  spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', 'scripts/synth-templates.ts', ...args], {
    cwd: directory,
    encoding: 'utf8',
  });

beforeAll(() => {
  parent = mkdtempSync(join(tmpdir(), 'items-orders-'));
  directory = ordersCheckout(join(parent, 'copy'), { synth: false });
  addEntities(directory, '');
  expect(synth()).toMatchObject({ status: 0 });
  for (const { file } of editions) before.set(file, readFileSync(join(directory, file), 'utf8'));
  addEntities(directory);
});
afterAll(() => rmSync(parent, { recursive: true }));

it('a row makes an entity, in both editions and in the documents', () => {
  const { status, stdout, stderr } = synth();
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(
    new RegExp(`^entities: 2; ${fit} fit into a template like this: a query of the logs reads 50 log groups, `, 'm'),
  );
  execFileSync(process.execPath, ['scripts/synth-docs.ts'], { cwd: directory });
  execFileSync(process.execPath, ['node_modules/typescript/bin/tsc'], { cwd: directory });
  const openapi = parse(readFileSync(join(directory, 'openapi.yaml'), 'utf8'));
  expect(Object.keys(openapi.paths)).toEqual(['/items', '/items/{id}', '/orders', '/orders/{id}']);
  expect(openapi.components.schemas.Order.required).toEqual([
    'id',
    'version',
    'createdAt',
    'updatedAt',
    'customerId',
    'lines',
  ]);
});

it('leaves what is there for items as it is', () => {
  for (const { file } of editions) {
    const former = resourcesIn(before.get(file) ?? '');
    const latter = resourcesIn(readFileSync(join(directory, file), 'utf8'));
    expect(former).toHaveProperty('ItemsTable');
    const changed = Object.keys(former).filter((id) => latter[id] !== former[id]);
    // What names all functions, paths or tables, and nothing of one entity alone.
    expect(changed.filter((id) => !/^Deployment/.test(id)).sort()).toEqual([
      'Dashboard',
      'DynamoDbEndpoint',
      'FailuresQuery',
      'LambdaSecurityGroup',
      'Stage',
    ]);
  }
});

it('synth warns of indexes that are added later, and names a fault of a row', () => {
  const file = join(directory, 'src/contract/entities.ts');
  const source = readFileSync(file, 'utf8');
  const change = (...changes: readonly (readonly [from: string, to: string])[]): void =>
    writeFileSync(
      file,
      changes.reduce((text, [from, to]) => text.replace(from, () => to), source),
    );
  try {
    change(["'status']", "'status', 'warehouse', 'region']"], ['gift: {', 'warehouse: {}, region: {}, gift: {']);
    expect(synth().stderr).toBe(
      `warning: DynamoDB changes one index an update, and OrdersTable changes index_warehouse, index_region: deploy them one by one
warning: index_warehouse, index_region of OrdersTable will find only items that are written after the deployment: PUT older ones again
`,
    );
    change(['minLength: 1, maxLength: 60', "pattern: '^c'"]);
    expect(synth()).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(
        /^src\/contract\/entities\.ts: entity Order: schema\.properties\.customerId\.pattern is not supported: the keywords are /,
      ),
    });
    const many = Array.from({ length: fit }, (_, n) =>
      row.replace("'Order'", `'Order${n}'`).replace("'orders'", `'orders${n}'`),
    );
    writeFileSync(
      file,
      source.replace(row, () => many.join('')),
    );
    expect(synth()).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(
        new RegExp(
          `: ${fit + 1} entities are too many: a query of the logs reads 50 log groups, and an entity has ${each}, so ${fit} fit\\. `,
        ),
      ),
    });
  } finally {
    writeFileSync(file, source);
    synth();
  }
});

describe.each(editions)('the $name edition', ({ file, options }) => {
  it('serves orders beside items', async () => {
    const stack = await start(readFileSync(join(directory, file), 'utf8'), options);
    try {
      const url = stack.outputs.find(({ key }) => key === 'ApiInvokeUrl')?.value ?? '';
      const only = ['entity /orders', 'entity /items', 'cross-origin', 'rejections'].flatMap((group) => ['--only', group]);
      expect(await run('bin/items.mjs', 'verify', url, ...only)).toMatch(/^\d+ passed, 0 failed/m);
    } finally {
      await stack.stop();
    }
  });
});

/** Runs a script of the copy; settles with its output. */
const run = (...args: readonly string[]): Promise<string> =>
  new Promise((resolve) => {
    execFile(process.execPath, [...args], { cwd: directory, encoding: 'utf8' }, (_error, stdout, stderr) =>
      resolve(stdout + stderr),
    );
  });

/** The text of each resource of a template, without comments. */
const resourcesIn = (text: string): Record<string, string> => {
  const [, rest = ''] = text.split('\nResources:\n');
  const [resources = ''] = rest.split(/\n(?=[A-Z])/);
  return Object.fromEntries(
    resources.split(/\n(?= {2}[A-Z])/).map((part) => {
      const lines = part.split('\n').filter((line) => !/^ *#/.test(line) && line.trim() !== '');
      return [/^ *(\w+):/.exec(lines[0] ?? '')?.[1] ?? '', lines.join('\n')];
    }),
  );
};
