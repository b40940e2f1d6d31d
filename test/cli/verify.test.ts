import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { cases } from '../../src/conformance/index.ts';
import { titleOf } from '../../src/conformance/runner.ts';
import { type StartOptions, start } from '../../src/local/index.ts';
import { editions, typescript } from '../editions.ts';
import { type SigningOptions, signedFetch, signedHeaders } from '../local/gateway/signer.ts';
import { claims, createKey, poolArn, token } from '../local/gateway/user-pool.ts';
import { type Relay, relay } from '../relay.ts';
import { noSignals } from '../windows.ts';

/** A bound for a whole run that hangs, in milliseconds. */
const timeout = 600_000;

const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

/** Runs the product, by the template of an edition. */
const api = async (parameters: Record<string, string> = {}, options: StartOptions = {}, edition = typescript) => {
  const all = { AuthorizationType: 'NONE', ...parameters };
  const stack = await start(edition.template, { ...edition.options, ...options, parameters: all });
  stops.push(stack.stop);
  return { ...stack, url: stack.outputs.find(({ key }) => key === 'ApiInvokeUrl')?.value ?? '' };
};

const between = async (target: string, pass?: Relay): Promise<string> => {
  const { url, stop } = await relay(target, pass);
  stops.push(stop);
  return url;
};

const folder = (): string => {
  const path = mkdtempSync(join(tmpdir(), 'items-verify-'));
  stops.push(async () => rmSync(path, { recursive: true }));
  return path;
};

/** Runs `items verify` with nothing of AWS in its environment but what is given; reports once it has ended. */
const verify = (args: readonly string[], env: Record<string, string> = {}, onStart?: (child: ChildProcess) => void) => {
  const nothing = { PATH: process.env.PATH ?? '', HOME: '/nowhere', AWS_EC2_METADATA_DISABLED: 'true' };
  const program = join(import.meta.dirname, '../../bin/items.mjs');
  const child = spawn(process.execPath, [program, 'verify', ...args], { env: { ...nothing, ...env } });
  onStart?.(child);
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk;
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk;
  });
  return once(child, 'close').then(([code]) => ({ code: code as number, stdout, stderr }));
};

/** For programs that look for credentials where the AWS CLI does. */
const variables = (credentials: SigningOptions['credentials'] | undefined) => ({
  AWS_ACCESS_KEY_ID: credentials?.accessKeyId ?? '',
  AWS_SECRET_ACCESS_KEY: credentials?.secretAccessKey ?? '',
  AWS_REGION: 'us-east-1',
});

const only = (...groups: string[]): string[] => groups.flatMap((group) => ['--only', group]);
const casesOf = (group: string): string[] =>
  (cases[group] ?? []).flatMap(({ name }) => ['--except', titleOf({ group, name })]);
const itemsOf = async (url: string) => (await (await fetch(`${url}/items?limit=100`)).json()) as { items: object[] };

describe('items verify', () => {
  it.each(editions)(
    'finds the $name edition good, and leaves the items of others as they were',
    async (edition) => {
      if (edition.whyNot !== undefined) return;
      const { url, credentials } = await api({ StageName: 'prod-2', AuthorizationType: 'AWS_IAM' }, {}, edition);
      if (!credentials) throw new Error('the stack has no credentials');
      const signing = { credentials, region: 'us-east-1' };
      const items = async () => (await signedFetch(`${url}/items?limit=100`, signing)).json();
      for (let n = 0; n < 40; n++) {
        const request = { method: 'POST', body: JSON.stringify({ n }) };
        const headers = { 'content-type': 'application/json', ...(await signedHeaders(`${url}/items`, request, signing)) };
        await fetch(`${url}/items`, { ...request, headers });
      }
      const before = await items();
      expect(before).toMatchObject({ items: Array(40).fill({ version: 1 }) });
      const file = join(folder(), 'result.json');
      const { code, stdout, stderr } = await verify([url, '--sigv4', '--json', file], variables(credentials));
      expect({ code, stderr }, stdout).toEqual({ code: 0, stderr: '' });
      const lines = stdout.trimEnd().split('\n');
      expect(lines.at(-1)).toMatch(/^\d+ passed, 0 failed; \d{3} items removed; \d+\.\d s$/);
      expect(stdout.match(/^(pass|FAIL|open) {2}/gm)).toEqual([...Array(10).fill('pass  '), 'open  ']);
      expect(await items()).toEqual(before);
      const result = JSON.parse(readFileSync(file, 'utf8'));
      expect(result).toMatchObject({ passed: true, items: { left: [] }, checklist: expect.any(Array) });
      expect(result.cases.every(({ outcome }: { outcome: string }) => outcome === 'passed')).toBe(true);
    },
    timeout,
  );

  it('signs with the credentials of the environment, and needs the region', async () => {
    const { url, credentials, apiKey = '' } = await api({ AuthorizationType: 'AWS_IAM', RequireApiKey: 'true' });
    expect(await verify([url])).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^the API asks who you are \(403 .*\): sign with --sigv4/),
    });
    const none = await verify([url, '--sigv4', '--region', 'us-east-1']);
    expect(none).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^--sigv4 cannot sign: there are no AWS credentials: set AWS_PROFILE/),
    });
    const profile = await verify([url, '--sigv4', '--region', 'us-east-1'], { AWS_PROFILE: 'nope' });
    expect(profile).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^--sigv4 cannot sign: the profile nope of AWS_PROFILE gives no credentials: /),
    });
    const key = {
      AWS_ACCESS_KEY_ID: credentials?.accessKeyId ?? '',
      AWS_SECRET_ACCESS_KEY: credentials?.secretAccessKey ?? '',
    };
    const nowhere = await verify([url, '--sigv4'], key);
    expect(nowhere).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^127\.0\.0\.1 does not say .* with --region, AWS_REG/),
    });
    const config = join(folder(), 'config');
    writeFileSync(config, '[default]\nregion = us-east-1\n');
    const group = only('DELETE /items/{id}');
    const { code, stdout } = await verify([url, '--sigv4', '--api-key', apiKey, ...group], {
      ...key,
      AWS_CONFIG_FILE: config,
    });
    expect(code, stdout).toBe(0);
    const wrong = await verify([url, '--sigv4', '--region', 'eu-west-1'], key);
    expect(wrong).toMatchObject({ code: 1, stderr: expect.stringMatching(/^the API does not let you in \(403 /) });
  });

  it(
    'signs and sends a key, with what any path and query may have in it',
    async () => {
      const { url, credentials, apiKey = '' } = await api({ AuthorizationType: 'AWS_IAM', RequireApiKey: 'true' });
      const env = variables(credentials);
      const groups = ['authorization', 'POST /items', 'GET /items/{id}', 'GET /items', 'refusals'];
      const { code, stdout } = await verify([url, '--sigv4', '--api-key', apiKey, ...only(...groups)], env);
      expect(code, stdout).toBe(0);
      expect(stdout).toContain('pass  Callers must say who they are\n');
    },
    timeout,
  );

  it('sends the token of a user, and shows it to nobody', async () => {
    const jwks = join(folder(), 'jwks.json');
    const key = createKey('a');
    writeFileSync(jwks, JSON.stringify({ keys: [key.jwk] }));
    const { url } = await api({ AuthorizationType: 'COGNITO_USER_POOLS', UserPoolArn: poolArn }, { jwks });
    const groups = only('authorization', 'GET /items/{id}', 'cross-origin');
    const { code, stdout } = await verify([url, '--bearer', token(key), ...groups]);
    expect(code, stdout).toBe(0);
    const stale = token(key, claims({ exp: 1 }));
    const { stderr, ...refused } = await verify([url, '--bearer', stale]);
    expect(refused.code).toBe(1);
    expect(stderr).toMatch(/^the API does not let you in \(401 /);
    expect(stderr).not.toContain(stale);
  });

  it('comes from an origin that is allowed', async () => {
    const origins = ['https://one.example', 'http://one.example'];
    const { url } = await api({ AllowedOrigins: origins.join() });
    expect(await verify([url])).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^the API does not let pages of \S+ call: .* --origin/),
    });
    const allowed = origins.flatMap((origin) => ['--origin', origin]);
    const { code, stdout } = await verify([url, ...allowed, ...only('cross-origin', 'GET /items/{id}')]);
    expect(code, stdout).toBe(0);
  });

  it('waits where the stage throttles', async () => {
    const { url } = await api();
    const throttled = new Set<string>();
    // Each request at first: what a stage throttles depends on how fast the machine is.
    const throttling = await between(url, async (request, forward) => {
      const one = `${request.method} ${request.path} ${Buffer.from(request.body)}`;
      if (throttled.has(one) || request.method === 'GET') return forward(request);
      throttled.add(one);
      return new Response('{"message":"Too Many Requests"}', { status: 429 });
    });
    const { code, stdout } = await verify([throttling, ...only('DELETE /items/{id}', 'Idempotency-Key')]);
    expect(throttled.size).toBeGreaterThan(10);
    expect(code, stdout).toBe(0);
  });

  it('fails an API that loses updates, by the criterion that says so', async () => {
    const { url } = await api();
    const unconditional = await between(url, (request, forward) => {
      const { 'if-match': _, ...headers } = request.headers;
      return forward({ ...request, headers });
    });
    const { code, stdout } = await verify([unconditional, ...only('concurrency', 'Idempotency-Key')]);
    expect(code).toBe(1);
    expect(stdout).toContain('FAIL  No write is lost when 50 race\n');
    expect(stdout).toContain('pass  A create can be repeated safely\n');
    expect(stdout).toMatch(
      /\nFailed:\n {2}concurrency: of 50 parallel updates of one version one wins\n {4}expected 1, got 50\n/,
    );
    expect(await itemsOf(url)).toEqual({ items: [] });
  });

  it('names what it could not remove, and what may be there unknown', async () => {
    const { url } = await api();
    const careless = await between(url, async (request, forward) => {
      if (request.method === 'DELETE') return new Response('{}', { status: 500 });
      const answer = await forward(request);
      return request.method === 'POST' && !request.headers['idempotency-key'] ? null : answer;
    });
    const { code, stdout } = await verify([careless, ...only('POST /items')]);
    expect(code).toBe(1);
    expect(stdout).toContain('FAIL  Nothing is left behind\n');
    const { items } = (await itemsOf(url)) as { items: { id: string }[] };
    expect(items.length).toBeGreaterThan(2);
    const [, left = ''] = stdout.split('Left behind, remove it yourself:\n');
    const chosen = items.filter(({ id }) => left.includes(`  item ${id}: DELETE was answered 500 {}\n`));
    expect(chosen.length).toBeGreaterThan(1);
    expect(left).toMatch(
      / {2}perhaps an item of an unknown id: POST http.*\/items \{"name":"Lamp","tags":\["a","b"\]\} was not/,
    );
  });

  it.skipIf(noSignals).each(['SIGINT', 'SIGTERM'] as const)('leaves nothing after %s (needs signals)', async (signal) => {
    let child: ChildProcess | undefined;
    let made = 0;
    const { url } = await api(
      {},
      {
        onRequest: ({ status }) => {
          if (status !== 201) return;
          made += 1;
          if (made === 1) child?.kill(signal);
        },
      },
    );
    const { code, stdout, stderr } = await verify([url], {}, (started) => {
      child = started;
    });
    expect({ code, stderr }).toEqual({
      code: 130,
      stderr: 'interrupted: removing what was created; Ctrl-C again leaves it there\n',
    });
    expect(made).toBeGreaterThan(0);
    expect(stdout).toMatch(/\n\d+ passed, 0 failed, \d+ not run; [1-9]\d* items removed; \S+ s\n$/);
    expect(await itemsOf(url)).toEqual({ items: [] });
  });

  it.skipIf(noSignals)('names what it leaves there if nobody waits for the removal (needs signals)', async () => {
    let child: ChildProcess | undefined;
    let pressing: NodeJS.Timeout | undefined;
    const { url } = await api();
    const undeletable = await between(url, async (request, forward) => {
      if (request.method === 'DELETE') return new Promise(() => {});
      // It asks for an item that it knows it has created. Ctrl-C until it ends: within a second, all count as one.
      if (request.path.startsWith('/items/')) pressing ??= setInterval(() => child?.kill('SIGINT'), 100);
      return forward(request);
    });
    const one = ['--concurrency', '1', ...only('GET /items/{id}')];
    const { code, stdout, stderr } = await verify([undeletable, ...one], {}, (started) => {
      child = started;
    }).finally(() => clearInterval(pressing));
    const { items } = (await itemsOf(url)) as { items: { id: string }[] };
    expect(items).toHaveLength(1);
    const [, ...left] = stderr.trimEnd().split('\n');
    expect(left.shift()).toBe('left there, remove it yourself:');
    expect(left.sort()).toEqual(items.map(({ id }) => `  ${id}`).sort());
    expect({ code, stdout }).toEqual({ code: 130, stdout: '' });
  });

  it.skipIf(noSignals)('gives up at once when it is told to while nothing answers (needs signals)', async () => {
    let child: ChildProcess | undefined;
    const silent = await between('http://127.0.0.1:1', async () => {
      child?.kill('SIGINT');
      return new Promise(() => {});
    });
    const { code, stdout, stderr } = await verify([silent], {}, (started) => {
      child = started;
    });
    expect({ code, stdout, stderr }).toEqual({ code: 130, stdout: '', stderr: '' });
  });

  it('leaves out what it is told to', async () => {
    const { url } = await api();
    const except = ['--except', 'DELETE /items/{id}: deletes the item'];
    const { code, stdout } = await verify([url, ...only('DELETE /items/{id}'), ...except]);
    expect(code, stdout).toBe(0);
    expect(stdout).toMatch(/^\d passed, 0 failed, 1 left out; /m);
    expect(await verify([url, ...only('fidelity'), ...casesOf('fidelity')])).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/^0 passed, 0 failed, \d+ left out; 0 items removed; /m),
    });
  });

  it('lists groups and cases', async () => {
    const { code, stdout } = await verify(['--list', ...only('DELETE /items/{id}')]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^DELETE \/items\/\{id\}\n {2}deletes the item\n/);
  });

  it.each([
    ['nothing', [], /^there is no URL: /],
    ['no URL', ['v1'], /^v1 is not a URL: /],
    ['another scheme', ['ftp://a.example/v1'], /^ftp:\/\/a\.example\/v1 is not a URL: /],
    ['a query', ['http://a.example/v1?a=b'], / is more than an invoke URL: /],
    ['no stage', ['https://abc.execute-api.eu-west-1.amazonaws.com/'], / has no stage: add it/],
    ['a host that does not exist', ['https://nowhere.invalid/v1'], /^cannot reach nowhere\.invalid: /],
    ['an unknown group', ['http://a.example/v1', ...only('none')], /^--only none: there is no such group; there are POST /],
    [
      'an unknown case',
      ['http://a.example/v1', '--except', 'fidelity'],
      /^--except fidelity: there is no such case; --list/,
    ],
    ['two authorizations', ['http://a.example', '--sigv4', '--bearer', 'x'], /^--sigv4 and --bearer are both for /],
    ['a region to sign for without signing', ['http://a.example', '--region', 'eu-west-1'], /^--region is what --sigv4 /],
    ['a region that is none', ['http://a.example', '--sigv4', '--region', 'mars'], /A region has a name such as eu-west-1/],
    ['a token that no header can carry', ['http://a.example', '--bearer', 'a\nb'], /^--bearer is empty, or has characters /],
    ['an empty key', ['http://a.example', '--api-key', ''], /^--api-key is empty, or has characters that no header/],
    ['authorization without any', ['http://a.example', ...only('authorization')], /^--only authorization needs --sigv4/],
    ['no cases at once', ['http://a.example', '--concurrency', '0'], /a number from 1 to 99/],
  ])('refuses %s in one sentence', async (_name, args, message) => {
    const { code, stdout, stderr } = await verify(args);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd().split('\n').length).toBeLessThan(3);
  });

  it.each([
    ['the URL of the items', '/items', {}, /^this is not where the API begins: .*; leave out \/items\n$/],
    [
      'a stage that is not there',
      '/../v2',
      {},
      /^this is not the Items API: .*403 .*; is the stage in the URL, and right\?/,
    ],
  ])('refuses %s', async (_name, path, parameters, message) => {
    const { url } = await api(parameters);
    expect(await verify([url + path])).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(message) });
  });

  it('refuses a file that it cannot write the result to, before it creates anything', async () => {
    const { url } = await api();
    const path = folder();
    const { code, stdout, stderr } = await verify([url, '--json', path]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^cannot write the result to \S+: EISDIR: .*; name another file with --json\n$/);
  });

  it('refuses what is another website', async () => {
    const page = await between('', async () => new Response('<h1>Hello</h1>', { headers: { 'content-type': 'text/html' } }));
    expect(await verify([page])).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^this is not the Items API: GET \S+ was answered 200 text\/html <h1>Hello<\/h1>; /),
    });
  });
});
