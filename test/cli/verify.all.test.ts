import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { editions } from '../editions.ts';
import { signedFetch, signedHeaders } from '../twin/gateway/signer.ts';
import { claims, createKey, poolArn, token } from '../twin/gateway/user-pool.ts';

import { api, between, casesOf, folder, itemsOf, only, stopAfterEach, timeout, variables, verify } from './verifying.ts';

stopAfterEach();

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
      expect(stdout.match(/^(pass|FAIL|open) {2}/gm)).toEqual([...Array(9).fill('pass  '), 'open  ', 'pass  ', 'open  ']);
      expect(await items()).toEqual(before);
      const result = JSON.parse(readFileSync(file, 'utf8'));
      expect(result).toMatchObject({ passed: true, items: { remaining: [] }, checklist: expect.any(Array) });
      expect(result.cases.every(({ outcome }: { outcome: string }) => outcome === 'passed')).toBe(true);
    },
    timeout,
  );

  it('signs with the credentials of the environment, and needs the region', async () => {
    const { url, credentials, apiKey = '' } = await api({ AuthorizationType: 'AWS_IAM', RequireApiKey: 'true' });
    expect(await verify([url])).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^the API requires authentication \(403 .*\): sign with --sigv4/),
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
    expect(wrong).toMatchObject({ code: 1, stderr: expect.stringMatching(/^the API denies access \(403 /) });
  });

  it(
    'signs and sends a key, with what any path and query may have in it',
    async () => {
      const { url, credentials, apiKey = '' } = await api({ AuthorizationType: 'AWS_IAM', RequireApiKey: 'true' });
      const env = variables(credentials);
      const groups = ['authorization', 'POST /items', 'GET /items/{id}', 'GET /items', 'rejections'];
      const { code, stdout } = await verify([url, '--sigv4', '--api-key', apiKey, ...only(...groups)], env);
      expect(code, stdout).toBe(0);
      expect(stdout).toContain('pass  Callers must authenticate\n');
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
    const { stderr, ...rejected } = await verify([url, '--bearer', stale]);
    expect(rejected.code).toBe(1);
    expect(stderr).toMatch(/^the API denies access \(401 /);
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
      return forward(request.method === 'PUT' ? { ...request, headers } : request);
    });
    const { code, stdout } = await verify([unconditional, ...only('concurrency', 'Idempotency-Key')]);
    expect(code).toBe(1);
    expect(stdout).toContain('FAIL  No write is lost when 50 race\n');
    expect(stdout).toContain('pass  A create can be repeated safely\n');
    expect(stdout).toMatch(
      /\nFailed:\n {2}concurrency: of 50 parallel updates of one version one wins\n {4}expected 1 to win, got 50\n/,
    );
    expect(await itemsOf(url)).toEqual({ items: [] });
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
});
