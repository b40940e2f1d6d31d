import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createItemsClient } from '../../examples/client-typescript/client.ts';
import { createItem, deleteItem, readItem } from '../../examples/client-typescript/items.ts';
import { listItems } from '../../examples/client-typescript/list.ts';
import { exactNumber, isExactNumber } from '../../examples/client-typescript/numbers.ts';
import { updateItem } from '../../examples/client-typescript/update.ts';
import { type Stack, type StartOptions, start } from '../../src/twin/index.ts';
import { typescript } from '../editions.ts';
import { createKey, poolArn, token } from '../twin/gateway/user-pool.ts';

const folder = mkdtempSync(join(tmpdir(), 'items-client-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs a script of the example; its exit code and what it printed. */
const run = (script: string, args: readonly string[], env: Record<string, string> = {}) =>
  new Promise<{ code: unknown; stdout: string; stderr: string }>((done) => {
    const file = join('examples/client-typescript', script);
    execFile(process.execPath, [file, ...args], { env: { ...process.env, ...env } }, (error, stdout, stderr) =>
      done({ code: error?.code ?? 0, stdout, stderr }),
    );
  });

const all = async <Value>(values: AsyncIterable<Value>): Promise<Value[]> => {
  const list: Value[] = [];
  for await (const value of values) list.push(value);
  return list;
};

/** Uses the API of a stack with some other parameters. */
const withStack = async (
  parameters: Record<string, string>,
  use: (url: string, stack: Stack) => Promise<void>,
  options: StartOptions = {},
) => {
  const stack = await start(typescript.template, {
    ...options,
    parameters: { ...typescript.options.parameters, ...parameters },
  });
  try {
    await use(stack.outputs.find(({ key }) => key === 'ApiInvokeUrl')?.value ?? '', stack);
  } finally {
    await stack.stop();
  }
};

const story = `Created ID, version 1.
Sent the same create again: the same item, ID.
Sold three at the same time: stock 2, version 4.
Did not delete it with its first entity tag: urn:items-api:problem:precondition-failed.
Stored 9007199254740993, which JSON.parse makes 9007199254740992.
Renamed that item, and it still is 9007199254740993.
Listed 2 items, one a page.
Deleted both.
`;
const plays = async (args: readonly string[], env: Record<string, string> = {}) => {
  const { code, stdout, stderr } = await run('demo.ts', args, env);
  expect(stderr).toBe('');
  expect(stdout.replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID')).toBe(story);
  expect(code).toBe(0);
};
const fails = async (message: string, args: readonly string[], env: Record<string, string> = {}) =>
  expect(await run('demo.ts', args, env)).toEqual({ code: 1, stdout: '', stderr: expect.stringContaining(message) });

describe('the demo', () => {
  it('plays where everybody may call, and leaves no item', () =>
    withStack({}, async (url) => {
      await plays([url]);
      expect(await all(listItems(createItemsClient(url)))).toEqual([]);
    }));

  it('signs', () =>
    withStack({ AuthorizationType: 'AWS_IAM' }, async (url, { credentials }) => {
      if (!credentials) throw new Error('there are no credentials');
      const { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY, region } = credentials;
      const env = { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN: '' };
      await plays([url, '--sigv4', region], env);
      await fails('urn:items-api:problem:missing-authentication-token', [url]);
      const wrong = { ...env, AWS_SECRET_ACCESS_KEY: 'wrong' };
      await fails('urn:items-api:problem:invalid-signature', [url, '--sigv4', region], wrong);
      await fails('--sigv4 needs AWS_ACCESS_KEY_ID', [url, '--sigv4', region], { ...env, AWS_ACCESS_KEY_ID: '' });
    }));

  it('sends an API key', () =>
    withStack({ RequireApiKey: 'true' }, async (url, { apiKey = '' }) => {
      await plays([url, '--api-key', apiKey]);
      await fails('urn:items-api:problem:invalid-api-key', [url, '--api-key', `${apiKey}x`]);
    }));

  it('sends a token', async () => {
    const key = createKey('a');
    const jwks = join(folder, 'jwks.json');
    writeFileSync(jwks, JSON.stringify({ keys: [key.jwk] }));
    const parameters = { AuthorizationType: 'COGNITO_USER_POOLS', UserPoolArn: poolArn };
    await withStack(
      parameters,
      async (url) => {
        await plays([url, '--token', token(key)]);
        await fails('urn:items-api:problem:unauthorized', [url, '--token', token(createKey('a'))]);
      },
      { region: 'eu-west-1', jwks },
    );
  });

  it('tells how to call it', () => fails('Usage: node demo.ts URL', []));
});

describe('the client', () => {
  it('loses no update of many, and stops after so many attempts', () =>
    withStack({}, async (url) => {
      const client = createItemsClient(url);
      const { item } = await createItem(client, { count: 0 });
      const increment = (attempts: number) =>
        updateItem(client, item.id, ({ count, ...rest }) => ({ ...rest, count: Number(count) + 1 }), { attempts });
      await Promise.all(Array.from({ length: 8 }, () => increment(100)));
      expect((await readItem(client, item.id)).item).toMatchObject({ count: 8, version: 9 });

      const meanwhile = () => client.PUT('/items/{id}', { params: { path: { id: item.id } }, body: {} });
      const interrupted = createItemsClient(url);
      interrupted.use({
        async onResponse({ request }) {
          if (request.method === 'GET') await meanwhile();
        },
      });
      const late = updateItem(interrupted, item.id, (old) => old, { attempts: 3 });
      await expect(late).rejects.toMatchObject({ problem: { type: 'urn:items-api:problem:precondition-failed' } });
      expect((await readItem(client, item.id)).item.version).toBe(12);
    }));

  it('lists each item once, page by page, and as many pages as are used', () =>
    withStack({}, async (url) => {
      const client = createItemsClient(url);
      const ids = Array.from({ length: 7 }, (_, index) => `item-${index}`);
      for (const id of ids) await createItem(client, { id, n: exactNumber('12345678901234567890') });
      let pages = 0;
      client.use({ onResponse: () => void pages++ });
      const items = await all(listItems(client, 3));
      expect(items.map(({ id }) => id).sort()).toEqual(ids);
      expect(items.every(({ n }) => isExactNumber(n))).toBe(true);
      expect(pages).toBeGreaterThanOrEqual(3);
      pages = 0;
      for await (const _item of listItems(client, 3)) break;
      expect(pages).toBe(1);
      await expect(all(listItems(client, 101))).rejects.toThrow('urn:items-api:problem:invalid-parameter');
    }));

  it('deletes an item only at the version that it was read', () =>
    withStack({}, async (url) => {
      const client = createItemsClient(url);
      const { item, etag } = await createItem(client, {});
      const changed = await updateItem(client, item.id, () => ({ n: 1 }));
      await expect(deleteItem(client, item.id, etag)).rejects.toThrow('urn:items-api:problem:precondition-failed');
      await deleteItem(client, item.id, changed.etag);
      await expect(deleteItem(client, item.id)).rejects.toThrow('urn:items-api:problem:item-not-found');
    }));
});

describe('the types', () => {
  it('fit the TypeScript that a copy of the client gets', async () => {
    const { code, stdout } = await run('node_modules/typescript/bin/tsc', ['--project', 'examples/client-typescript']);
    expect(stdout).toBe('');
    expect(code).toBe(0);
  });

  it('are compared with the OpenAPI document', async () => {
    expect(await run('write-schema.ts', ['--check'])).toEqual({ code: 0, stdout: '', stderr: '' });
    const document = join(folder, 'openapi.yaml');
    writeFileSync(document, readFileSync('openapi.yaml', 'utf8').replaceAll('nextCursor', 'next'));
    expect(await run('write-schema.ts', ['--check', document])).toEqual({
      code: 1,
      stdout: '',
      stderr: 'examples/client-typescript/schema.ts has drifted from openapi.yaml: run "npm run synth"\n',
    });
  });
});
