import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noSignals } from '../windows.ts';
import { endAfterEach, items, local, product, urlOf } from './running.ts';

endAfterEach();

let folder: string;
let file: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'items-seed-'));
  file = join(folder, 'items.ndjson');
  writeFileSync(file, '{"id":"lamp","price":12345678901234567890.123}\n\n{"id":"chair"}\n');
});
afterAll(() => rmSync(folder, { recursive: true }));

const data = () => join(folder, 'data');
const start = (...args: string[]) => items('local', '--template', product, '--port', '0', ...args);

describe.skipIf(noSignals)('items local --seed (needs signals)', () => {
  it('writes items as they are, and skips those that exist, whatever the methods ask for', async () => {
    const first = start('--data', data(), '--seed', file, '--watch', '--parameter', 'AuthorizationType=NONE');
    const url = await urlOf(first);
    expect(await first.line(/^seeded/)).toBe(`seeded 2 items, 0 existed already (${file})`);
    expect(await (await fetch(`${url}/items/lamp`)).text()).toContain('"price":12345678901234567890.123');
    first.child.kill('SIGINT');
    const { stdout, ...ended } = await first.end();
    expect(ended).toEqual({ code: 0, signal: null, stderr: '' });
    expect(stdout).not.toMatch(/ \d{3} POST /);

    const second = start('--data', data(), '--seed', file, '--parameter', 'RequireApiKey=true');
    expect(await second.line(/^seeded/)).toBe(`seeded 0 items, 2 existed already (${file})`);
    second.child.kill('SIGINT');
    expect(await second.end()).toMatchObject({ code: 0, stderr: '' });
  });

  it('says where it stops, and the API goes on', async () => {
    const bad = join(folder, 'bad.ndjson');
    writeFileSync(bad, '{"id":"one"}\n{"id":"two","a":{"":1}}\n');
    const run = start('--memory', '--seed', bad, '--parameter', 'AuthorizationType=NONE');
    expect(await run.errorLine(/^seeding/)).toMatch(
      /^seeding stopped at line 2 of .*bad\.ndjson: 400 .*An attribute name in a is empty.*; seeded 1 item, 0 existed already .*; correct it/,
    );
    const url = await urlOf(run);
    expect((await fetch(`${url}/items/one`)).status).toBe(200);
    run.child.kill('SIGINT');
    expect((await run.end()).code).toBe(0);
  });

  it('is rejected for a template of another API, and for a file that is none', async () => {
    expect(await local('--seed', file).end()).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(
        /^--seed writes items of the Items API, and this template does not .*: leave --seed out\n$/,
      ),
    });
    expect(await local('--seed', folder).end()).toMatchObject({
      code: 1,
      stdout: '',
      stderr: `cannot read the items ${folder}: it is a directory; name the file in it with --seed\n`,
    });
  });

  it('is rejected where the methods ask for tokens', async () => {
    const pool = 'UserPoolArn=arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_Example';
    const keys = join(folder, 'jwks.json');
    const { publicKey } = await crypto.subtle.generateKey(
      { name: 'RSASSA-PKCS1-v1_5', modulusLength: 2048, publicExponent: Uint8Array.of(1, 0, 1), hash: 'SHA-256' },
      true,
      ['sign', 'verify'],
    );
    const jwk = await crypto.subtle.exportKey('jwk', publicKey);
    writeFileSync(keys, JSON.stringify({ keys: [{ ...jwk, kid: 'a' }] }));
    const options = ['--jwks', keys, '--parameter', 'AuthorizationType=COGNITO_USER_POOLS', '--parameter', pool];
    expect(await start('--memory', '--seed', file, ...options).end()).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/^--seed has no token for POST \/items, .*--parameter AuthorizationType=NONE/),
    });
  });
});
