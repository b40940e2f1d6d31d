import { mkdtemp, readdir, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDynalite } from '../../../src/twin/dynamodb/dynalite-process.ts';
import { createDynamoDb, type DynamoDb } from '../../../src/twin/dynamodb/index.ts';
import { createUpstream } from '../../../src/twin/dynamodb/upstream.ts';
import { call, account as options, table } from './client.ts';

let data: string;
beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'items-data-'));
});
afterAll(() => rm(data, { recursive: true }));

const start = async (more: object = {}): Promise<DynamoDb> => createDynamoDb({ ...options, data, ...more });
const item = { id: { S: 'kept' }, n: { N: '1' } };

/** Collects what is told, and waits for a text in it. */
const faultLog = () => {
  const told: string[] = [];
  const waiting = new Set<() => void>();
  return {
    onFault: (message: string): void => {
      told.push(message);
      for (const wake of waiting) wake();
    },
    until: async (pattern: RegExp): Promise<string> => {
      for (;;) {
        const found = told.find((message) => pattern.test(message));
        if (found !== undefined) return found;
        await new Promise<void>((resolve) => waiting.add(resolve));
      }
    },
  };
};

const filled = async (): Promise<{ folder: string; files: string }> => {
  const folder = await mkdtemp(join(data, 'damaged-'));
  const dynamodb = await start({ data: folder });
  await dynamodb.createTable(table('items'));
  for (let index = 0; index < 20; index++) {
    const more = { id: { S: `item-${index}` }, text: { S: 'x'.repeat(3000) } };
    await call(dynamodb.endpoint, 'PutItem', { TableName: 'items', Item: more });
  }
  await dynamodb.stop();
  return { folder, files: join(folder, 'dynamodb') };
};

const fileOf = async (files: string, pattern: RegExp): Promise<string> =>
  join(files, (await readdir(files)).find((name) => pattern.test(name)) ?? '');

describe('a database that does not open', () => {
  it('is tried again until it does, and each time says why not', async () => {
    const { folder, files } = await filled();
    const { onFault, until } = faultLog();
    const dynalite = startDynalite({ ...options, data: folder, onFault });
    const upstream = createUpstream(dynalite.address, options.region);
    await dynalite.address();
    const manifest = await fileOf(files, /^MANIFEST/);
    await rename(manifest, `${manifest}.away`);
    process.kill(dynalite.pid ?? 0, 'SIGKILL');
    await until(/ended unexpectedly\. Restarting it on /);
    expect(await until(/Next restart attempt in 0\.5 s/)).toContain('a file of its database is damaged or missing');
    await until(/Next restart attempt in 1 s/);
    await expect(upstream.call('ListTables', {})).rejects.toThrow();
    await rename(`${manifest}.away`, manifest);
    await until(/The database has restarted on /);
    expect(await upstream.call('ListTables', {})).toMatchObject({ output: { TableNames: ['items'] } });
    upstream.close();
    await dynalite.stop();
  });

  it('says which file is damaged, and is repaired on request', async () => {
    const { folder, files } = await filled();
    const manifest = await fileOf(files, /^MANIFEST/);
    await writeFile(manifest, 'x'.repeat(100));
    const broken = await start({ data: folder });
    await expect(broken.createTable(table('items'))).rejects.toMatchObject({
      code: 'RESOURCE_FAILED',
      message: expect.stringMatching(/^The data folder .* cannot be opened: a file of its database is damaged .*--repair/),
    });
    await broken.stop();
    const repaired = await start({ data: folder, repair: true });
    await repaired.createTable(table('items'));
    expect((await call(repaired.endpoint, 'Scan', { TableName: 'items' })).output).toMatchObject({ Count: 20 });
    await repaired.stop();
  });

  it('tells what it dropped of a log that is damaged', async () => {
    const { folder, files } = await filled();
    const log = await fileOf(files, /\.log$/);
    const bytes = await readFile(log);
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 0xff;
    await writeFile(log, bytes);
    const { onFault, until } = faultLog();
    const dynamodb = await start({ data: folder, onFault });
    await dynamodb.createTable(table('items'));
    expect(await until(/is damaged/)).toMatch(/ is damaged: \d+ bytes of dynamodb\/\d+\.log are missing or cannot be read/);
    await dynamodb.stop();
  });
});

describe('a folder that lacks what the last session has written', () => {
  it('is opened without a part of its log, and that is told', async () => {
    const { folder, files } = await filled();
    const log = await fileOf(files, /\.log$/);
    await truncate(log, (await readFile(log)).length - 5000);
    const { onFault, until } = faultLog();
    const dynamodb = await start({ data: folder, onFault });
    await dynamodb.createTable(table('items'));
    expect(await until(/is damaged/)).toMatch(/ is damaged: 5000 bytes of dynamodb\/\d+\.log are missing or cannot be read/);
    await dynamodb.stop();
  });

  it.each([
    ['CURRENT', /^CURRENT$/],
    ['its MANIFEST', /^MANIFEST/],
    ['a table', /\.ldb$/],
  ])('is not opened without %s, and keeps the rest for a repair', async (_name, pattern) => {
    const { folder, files } = await filled();
    // The second session has the items of the first one in a table.
    const second = await start({ data: folder });
    await second.createTable(table('items'));
    await call(second.endpoint, 'PutItem', { TableName: 'items', Item: item });
    await second.stop();
    const file = await fileOf(files, pattern);
    await rename(file, `${file}.away`);
    for (const _again of [1, 2]) {
      const broken = await start({ data: folder });
      await expect(broken.createTable(table('items'))).rejects.toThrow(
        /cannot be opened: .* damaged or missing \(\S+ is missing\)\. .*--repair/,
      );
      await broken.stop();
    }
    await rename(`${file}.away`, file);
    const { onFault, until } = faultLog();
    const repaired = await start({ data: folder, repair: true, onFault });
    await repaired.createTable(table('items'));
    expect(await until(/is repaired/)).toMatch(/ has 21 items\. None of its files was damaged\.$/);
    await repaired.stop();
  });

  it('says what was damaged before a repair', async () => {
    const { folder, files } = await filled();
    const manifest = await fileOf(files, /^MANIFEST/);
    await rm(manifest);
    const { onFault, until } = faultLog();
    const repaired = await start({ data: folder, repair: true, onFault });
    await repaired.createTable(table('items'));
    expect(await until(/is repaired/)).toMatch(
      / has 20 items\. dynamodb\/MANIFEST-\d+ was missing or damaged: .* is lost\./,
    );
    await repaired.stop();
  });

  it('is read to its end where no session has noted its files', async () => {
    const { folder, files } = await filled();
    const second = await start({ data: folder });
    await second.createTable(table('items'));
    await second.stop();
    await rm(join(files, 'closed.json'));
    const file = await fileOf(files, /\.ldb$/);
    const bytes = await readFile(file);
    await writeFile(file, bytes.fill(0, 0, bytes.length >> 1));
    const broken = await start({ data: folder });
    await expect(broken.createTable(table('items'))).rejects.toThrow(/ damaged or missing .*--repair/);
    await broken.stop();
  });

  it('is not repaired while another twin uses it', async () => {
    const { folder } = await filled();
    const first = await start({ data: folder });
    await first.createTable(table('items'));
    const second = await start({ data: folder, repair: true });
    await expect(second.createTable(table('items'))).rejects.toMatchObject({ code: 'DATA_IN_USE' });
    await second.stop();
    expect((await call(first.endpoint, 'Scan', { TableName: 'items' })).output).toMatchObject({ Count: 20 });
    await first.stop();
  });
});
