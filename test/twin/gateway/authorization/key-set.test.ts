import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadKeySet } from '../../../../src/twin/gateway/authorization/key-set.ts';
import { createKey } from '../user-pool.ts';

const [a, b] = [createKey('a'), createKey('b')];
const set = (...keys: object[]): string => JSON.stringify({ keys });

let folder = '';
let server: Server;
let url = '';
let loads = 0;
/** Without a body the answer never ends. */
let reply: { status: number; body: string | undefined } = { status: 200, body: '' };
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'items-jwks-'));
  server = createServer((_request, response) => {
    loads++;
    response.writeHead(reply.status);
    if (reply.body !== undefined) response.end(reply.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks.json`;
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const errors: unknown[] = [];
let time = 0;
const options = { onError: (error: unknown) => errors.push(error), now: () => time };

describe('loadKeySet', () => {
  it('takes the RSA keys for signatures from a file', async () => {
    const file = join(folder, 'jwks.json');
    const others = [
      { ...a.jwk, kid: 'enc', use: 'enc' },
      { ...a.jwk, kid: 'rs512', alg: 'RS512' },
      { kty: 'EC', kid: 'ec' },
    ];
    await writeFile(file, set({ ...a.jwk, use: undefined, alg: undefined }, ...others, { ...b.jwk, kid: undefined }));
    const keys = await loadKeySet(file, options);
    expect((await keys.find('a'))?.asymmetricKeyType).toBe('rsa');
    for (const kid of ['enc', 'rs512', 'ec', 'undefined', '__proto__']) expect(await keys.find(kid)).toBeUndefined();
  });

  it('loads a URL at start, and for unknown keys at most once a minute', async () => {
    reply = { status: 200, body: set(a.jwk) };
    [loads, time] = [0, 0];
    const keys = await loadKeySet(url, options);
    reply = { status: 200, body: set(a.jwk, b.jwk) };
    time = 59_999;
    expect(await keys.find('b')).toBeUndefined();
    expect(loads).toBe(1);
    time = 60_000;
    expect(await keys.find('a')).toBeDefined();
    expect(loads).toBe(1);
    const both = await Promise.all([keys.find('b'), keys.find('b')]);
    expect(both.every((key) => key?.asymmetricKeyType === 'rsa')).toBe(true);
    expect(await keys.find('c')).toBeUndefined();
    expect(loads).toBe(2);
  });

  it('keeps its keys when loading them again fails', async () => {
    reply = { status: 200, body: set(a.jwk) };
    time = 0;
    const keys = await loadKeySet(url, options);
    reply = { status: 500, body: '' };
    time = 60_000;
    errors.length = 0;
    expect(await keys.find('b')).toBeUndefined();
    expect(errors).toMatchObject([{ message: expect.stringMatching(/its response has the status 500; name .* --jwks$/) }]);
    expect(await keys.find('a')).toBeDefined();
  });

  it.each<[string, string, RegExp]>([
    ['no JSON', '<html>\n', /it is not JSON \(.*not valid JSON\);/],
    ['nothing', '', /it is empty;/],
    ['no set', '[]', /it has no list named keys/],
    ['no list', '{"keys":{}}', /it has no list named keys/],
    ['no RSA key', set({ kty: 'EC', kid: 'x' }), /no RSA key/],
    ['half a key', set({ kty: 'RSA', kid: 'x' }), /key/i],
  ])('names the option and what is wrong: %s', async (_name, body, reason) => {
    reply = { status: 200, body };
    const failing = loadKeySet(url, options);
    await expect(failing).rejects.toMatchObject({ name: 'LocalError', code: 'INVALID_PARAMETER' });
    await expect(failing).rejects.toThrow(reason);
    await expect(failing).rejects.toThrow(/^cannot load keys from http.*jwks\.json: .*; name .* with --jwks$/);
  });

  it('names a file that is not there, and a server that does not answer', async () => {
    const file = join(folder, 'none');
    await expect(loadKeySet(file, options)).rejects.toThrow(
      `cannot load keys from ${file}: there is no such file; name another one with --jwks`,
    );
    await expect(loadKeySet('http://127.0.0.1:1/', options)).rejects.toThrow(/connection failed \(.*\).*--jwks$/);
  });

  it('gives up with the reason of its signal', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(loadKeySet(url, { ...options, signal })).rejects.toThrow(/^enough$/);
  });

  it('gives loading again up, too, and says nothing of it', async () => {
    reply = { status: 200, body: set(a.jwk) };
    time = 0;
    errors.length = 0;
    const stopping = new AbortController();
    const keys = await loadKeySet(url, { ...options, signal: stopping.signal });
    time = 60_000;
    const asked = Promise.withResolvers<void>();
    server.once('request', () => asked.resolve());
    reply = { status: 200, body: undefined };
    const finding = keys.find('b');
    await asked.promise;
    stopping.abort();
    expect(await finding).toBeUndefined();
    expect(errors).toEqual([]);
  });
});
