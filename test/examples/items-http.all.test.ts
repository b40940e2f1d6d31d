import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { entities } from '../../src/contract/entities.ts';
import { operations } from '../../src/contract/operations.ts';
import { start } from '../../src/twin/index.ts';
import { typescript } from '../editions.ts';
import { type FileRequest, parseHttpFile, withVariable } from './http-file.ts';

const file = readFileSync('examples/items.http', 'utf8');
const { variables, requests } = parseHttpFile(file);

interface Response {
  readonly status: number;
  readonly headers: Headers;
}

/** Sends one request of a file, as an editor does when a person clicks it. */
type Sender = (text: string, request: FileRequest) => Promise<Response>;

const byFetch: Sender = (text, { name }) => {
  const { method, url, headers, body } = parseHttpFile(text).requests.find((request) => request.name === name) ?? {};
  return fetch(url ?? '', { method, headers, body: body ?? null } as RequestInit);
};

const byHttpyac: Sender = async (text, { name }) => {
  const folder = mkdtempSync(join(tmpdir(), 'items-http-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'items.http'), text);
  const args = [process.env.HTTPYAC ?? '', 'send', 'items.http', '--name', name, '--json'];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: folder });
  const { response } = (JSON.parse(stdout) as { requests: [{ response: { statusCode: number; headers: object } }] })
    .requests[0];
  return { status: response.statusCode, headers: new Headers(Object.entries(response.headers)) };
};

const senders: readonly [string, Sender, boolean][] = [
  ['fetch', byFetch, true],
  ['httpyac, which npm run check:http-file installs', byHttpyac, process.env.HTTPYAC !== undefined],
];

it.each(senders.filter(([, , isThere]) => isThere))(
  'its requests work one after the other, sent by %s',
  async (_name, send) => {
    const stack = await start(typescript.template, typescript.options);
    onTestFinished(() => stack.stop());
    let text = withVariable(file, 'base', stack.outputs.find(({ key }) => key === 'ApiInvokeUrl')?.value ?? '');
    const statuses: Record<string, number> = {};
    for (const request of requests) {
      const { status, headers } = await send(text, request);
      statuses[request.name] = status;
      if (request.name === 'getItem') text = withVariable(text, 'etag', (headers.get('etag') ?? '').replaceAll('"', ''));
      if (request.name !== 'createItem') continue;
      // The comment says that a second time has the same result.
      const again = await send(text, request);
      expect(again.status).toBe(status);
      expect(again.headers.get('idempotency-replayed')).toBe('true');
      expect(again.headers.get('etag')).toBe(headers.get('etag'));
    }
    expect(statuses).toEqual(Object.fromEntries(requests.map(({ name, status }) => [name, status])));
  },
);

it('it has every operation on items, and a write that is rejected', () => {
  expect(variables.base).toBe('http://127.0.0.1:3000/v1');
  const sent = requests.map(({ method, url }) => `${method} ${url.replace(/.*\/v1/, '').replace(/\?.*/, '')}`);
  const onItems = operations.filter(({ entity }) => entity === entities[0]);
  expect(new Set(sent), 'examples/items.http needs a request for each operation on items').toEqual(
    new Set(onItems.map(({ method, path }) => `${method} ${path.replace('{id}', 'lamp')}`)),
  );
  expect(requests.map(({ status }) => status)).toContain(412);
});
