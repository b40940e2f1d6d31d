import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { installedBundle } from '../../src/page/bundle.ts';
import type { PageStack } from '../../src/page/context.ts';
import { startPage } from '../../src/page/index.ts';
import { isContractServed } from '../../src/page/is-contract-served.ts';
import { freePort } from '../free-port.ts';
import { ask, settingsOf, stackAt } from './support.ts';

const api = 'http://127.0.0.1:3000/v1';
const failures: unknown[] = [];
const onError = (error: unknown): void => void failures.push(error);
afterEach(() => expect(failures.splice(0)).toEqual([]));

/** Starts the page of a stack around an action. */
const withPage = async <T>(stack: PageStack, action: (url: string) => Promise<T>, port = 0): Promise<T> => {
  const page = await startPage(stack, { port, onError });
  if (!page) throw new Error('there is no page');
  try {
    return await action(page.url);
  } finally {
    await page.stop();
  }
};

const asking = (authorizationType: 'NONE' | 'AWS_IAM' | 'COGNITO_USER_POOLS', apiKey?: string): PageStack => {
  const { methods } = stackAt(api);
  return stackAt(api, {
    authorizationTypes: new Set([authorizationType]),
    methods: methods.map((method) => ({ ...method, authorizationType, apiKeyRequired: apiKey !== undefined })),
    ...(apiKey !== undefined && { apiKey }),
  });
};

const documentOf = (stack: PageStack) =>
  withPage(stack, async (url) => JSON.parse((await ask(`${url}openapi.json`)).text) as Record<string, unknown>);

describe('the page of a stack', () => {
  it('is on the port that is asked for, or on a free one if that is taken', async () => {
    const port = await freePort();
    await withPage(
      stackAt(api),
      async (url) => {
        expect(url).toBe(`http://127.0.0.1:${port}/`);
        await withPage(stackAt(api), async (other) => expect(other).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/), port);
      },
      port,
    );
  });

  const others = Object.values(networkInterfaces()).flatMap((all = []) => all.filter(({ internal }) => !internal));
  const other = others.find(({ family }) => family === 'IPv4')?.address;
  it.skipIf(other === undefined)('is not to be had from the network (needs one)', async () => {
    await withPage(stackAt(api), async (url) => {
      const [code] = await once(createConnection(Number(new URL(url).port), other), 'error');
      expect(code).toMatchObject({ code: 'ECONNREFUSED' });
    });
  });

  it('documents no API that lacks an operation, and has the console all the same', async () => {
    const stack = stackAt(api);
    for (const lacking of stack.methods) {
      const methods = stack.methods.filter((method) => method !== lacking);
      expect(isContractServed(methods)).toBe(false);
      const page = await startPage(stackAt(api, { methods }), { port: 0, onError });
      expect(page).not.toHaveProperty('docs');
      expect(await ask(page.url)).toMatchObject({ status: 302, headers: { location: '/console/' } });
      expect(await ask(page.console)).toMatchObject({ status: 200 });
      await page.stop();
    }
    const proxy = {
      resourcePath: '/{proxy+}',
      httpMethod: 'ANY',
      authorizationType: 'NONE',
      apiKeyRequired: false,
    } as const;
    expect(isContractServed([proxy])).toBe(false);
  });

  it('is documented by Scalar if that is installed', () => {
    expect(installedBundle()).toBe(join(process.cwd(), 'node_modules/@scalar/api-reference/dist/browser/standalone.js'));
    expect(installedBundle(tmpdir())).toBeUndefined();
  });

  it('imports what serves requests only when one comes', () => {
    const script = `
      import { registerHooks } from 'node:module';
      registerHooks({ load: (url, context, next) => { console.log(url); return next(url, context); } });
      await import('./src/page/index.ts');`;
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8' });
    expect(stderr).toBe('');
    const loaded = [...stdout.matchAll(/\/src\/(\S+)/g)].map(([, file]) => file).sort();
    expect(loaded).toEqual([
      'contract/entities.ts',
      'contract/operations.ts',
      'page/bundle.ts',
      'page/console/bounded.ts',
      'page/console/kept-body.ts',
      'page/console/log-lines.ts',
      'page/console/recorder.ts',
      'page/index.ts',
      'page/is-contract-served.ts',
    ]);
    expect(stdout).not.toContain('node_modules');
  });
});

describe('the document', () => {
  it('is that of the contract, with the URL of the stack', async () => {
    const document = await documentOf(stackAt(api));
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    expect(document).toMatchObject({
      openapi: '3.1.1',
      info: { title: 'Items API', version, description: expect.stringMatching(/rounds integers beyond 2\^53/) },
      servers: [{ url: api }],
      paths: { '/items': { post: {}, get: {} }, '/items/{id}': { get: {}, put: {}, delete: {} } },
    });
  });

  it.each([
    ['NONE', undefined, [], []],
    ['NONE', 'k', [{ apiKey: [] }], ['apiKey']],
    ['AWS_IAM', undefined, [{ sigv4: [] }], ['sigv4']],
    ['AWS_IAM', 'k', [{ sigv4: [], apiKey: [] }], ['sigv4', 'apiKey']],
    ['COGNITO_USER_POOLS', undefined, [{ token: [] }], ['token']],
  ] as const)('asks for what the methods ask for: %s, key %s', async (type, key, security, schemes) => {
    const document = await documentOf(asking(type, key));
    expect(document).toMatchObject({ security });
    expect(Object.keys((document.components as { securitySchemes: object }).securitySchemes)).toEqual(schemes);
    const { description } = document.info as { description: string };
    expect(description.includes('signs each request')).toBe(type === 'AWS_IAM');
  });

  it('has no optional parameter sent unless it is switched on, and shared by no operations', async () => {
    const { paths } = await documentOf(stackAt(api));
    const { put } = (paths as Record<string, Record<string, { parameters: object[] }>>)['/items/{id}'] ?? {};
    expect(put?.parameters).toEqual([
      { $ref: '#/components/parameters/id' },
      ...['If-Match', 'If-None-Match', 'X-Correlation-Id'].map((name) => expect.objectContaining({ name, in: 'header' })),
    ]);
    for (const parameter of put?.parameters.slice(1) ?? []) {
      expect(parameter).toMatchObject({ examples: { lamp: { value: expect.any(String), 'x-disabled': true } } });
      expect(parameter).not.toHaveProperty('example');
    }
  });
});

describe('what Scalar is told', () => {
  it('is to call nobody else, and to keep nothing', async () => {
    const page = await startPage(asking('AWS_IAM'), { port: 0, onError });
    if (!page) throw new Error('there is no page');
    const { scalar } = await settingsOf(page);
    await page.stop();
    expect(scalar).toMatchObject({
      url: '/openapi.json',
      telemetry: false,
      withDefaultFonts: false,
      agent: { disabled: true },
      persistAuth: false,
    });
    expect(scalar).not.toHaveProperty('proxyUrl');
    expect(scalar).not.toHaveProperty('authentication');
  });

  it('is the API key, whatever is in it', async () => {
    const key = `"><script>'&amp;`;
    const page = await startPage(asking('NONE', key), { port: 0, onError });
    if (!page) throw new Error('there is no page');
    const { scalar } = await settingsOf(page);
    expect((await ask(page.url)).text).not.toContain('"><script>');
    await page.stop();
    expect(scalar).toMatchObject({ authentication: { securitySchemes: { apiKey: { value: key } } } });
  });
});
