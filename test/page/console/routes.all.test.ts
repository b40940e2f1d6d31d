// One file: the tests share a twin and its console.
import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { entities } from '../../../src/contract/entities.ts';
import { operations } from '../../../src/contract/operations.ts';
import type { LiveMessage, RequestDetails } from '../../../src/page/console/messages.ts';
import { type Page, startPage } from '../../../src/page/index.ts';
import { type Stack, start } from '../../../src/twin/index.ts';
import { typescript } from '../../editions.ts';
import { ask, ownHeaders } from '../support.ts';

const failures: unknown[] = [];
const records: string[] = [];
let stack: Stack;
let page: Page;
let own: Record<string, string>;
beforeAll(async () => {
  stack = await start(typescript.template, {
    parameters: { ...typescript.options.parameters, AuthorizationType: 'AWS_IAM', RequireApiKey: 'true' },
    onRequest: ({ method, status }) => records.push(`${method} ${status}`),
  });
  page = await startPage(stack, { port: 0, onError: (error) => failures.push(error) });
  own = await ownHeaders(page);
});
afterAll(async () => {
  await Promise.all([page?.stop(), stack?.stop()]);
  expect(failures).toEqual([]);
});

const post = (path: string, asked: object = {}, headers = own) =>
  ask(`${page.url}console/${path}`, { method: 'POST', headers, body: JSON.stringify(asked) });

/** Sends a request to the API through the page, which signs it. */
const send = (
  method: string,
  path: string,
  { headers = [], body = '' }: { headers?: [string, string][]; body?: string } = {},
) => {
  const url = `${stack.stages[0]?.url}${path}`;
  const all = [['content-type', 'application/json'], ['x-api-key', stack.apiKey ?? ''], ...headers];
  return ask(`${page.url}send`, {
    method: 'POST',
    headers: own,
    body: `${JSON.stringify({ method, url, headers: all })}\n${body}`,
  });
};

/** Follows the stream of the console until the test is over. */
const follow = async () => {
  const outgoing = httpRequest(`${page.url}console/live`, { method: 'POST', headers: own, agent: false }).end('{}');
  const [message] = (await once(outgoing, 'response')) as [IncomingMessage];
  const lines = createInterface({ input: message })[Symbol.asyncIterator]();
  return {
    message,
    next: async (): Promise<LiveMessage> => JSON.parse(String((await lines.next()).value)),
    /** Passes over messages of other types. */
    async nextOf<Type extends LiveMessage['type']>(type: Type): Promise<Extract<LiveMessage, { type: Type }>> {
      for (;;) {
        const found = await this.next();
        if (found.type === type) return found as Extract<LiveMessage, { type: Type }>;
      }
    },
    end: () => outgoing.destroy(),
  };
};

/** Details of the newest request. */
const newest = async (): Promise<RequestDetails> => {
  const live = await follow();
  const { requests } = await live.nextOf('snapshot');
  live.end();
  return JSON.parse((await post('request', { id: requests[0]?.id })).text);
};

describe('the console', () => {
  const paths = ['live', 'request', 'again', 'tables', 'items', 'item'];

  it.each([
    ['without Origin', { Origin: undefined }],
    ['with another Origin', { Origin: 'http://127.0.0.1:1' }],
    ['with the Origin of a sandbox', { Origin: 'null' }],
    ['from a page of another site', { 'Sec-Fetch-Site': 'cross-site' }],
    ['without the token', { 'X-Page-Token': undefined }],
    ['with another token', { 'X-Page-Token': 'A'.repeat(43) }],
    ['under another name', { Host: 'attacker.example' }],
  ])('tells nothing %s', async (_what, changes) => {
    const headers = Object.fromEntries(
      Object.entries({ ...own, ...changes }).filter((pair): pair is [string, string] => pair[1] !== undefined),
    );
    for (const path of paths) {
      const response = await post(path, { id: 1, table: 'items-dev' }, headers);
      expect(response, path).toMatchObject({ status: 403, text: expect.stringMatching(/^[A-Z].*\.\n$/) });
      expect(response.headers).not.toHaveProperty('access-control-allow-origin');
    }
  });

  it('answers POST only, and is not asked by a preflight', async () => {
    for (const path of paths)
      for (const method of ['GET', 'OPTIONS']) {
        const response = await ask(`${page.url}console/${path}`, { method, headers: own });
        expect(response).toMatchObject({ status: 405, headers: { allow: 'POST' } });
        expect(response.headers).not.toHaveProperty('access-control-allow-headers');
      }
  });

  it('is files of its own server, with a policy without exceptions', async () => {
    const html = await ask(page.console);
    expect(html).toMatchObject({ status: 200, headers: { 'content-type': 'text/html; charset=utf-8' } });
    const files = [...html.text.matchAll(/(?:href|src)="(\/console\/[^"]+)"/g)].map(([, path = '']) => path);
    expect(files).toHaveLength(7);
    for (const path of ['/console/', ...files]) {
      const response = await ask(`${page.url}${path.slice(1)}`);
      expect(response.status, path).toBe(200);
      expect(response.headers).toMatchObject({
        'content-security-policy':
          "default-src 'self'; style-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        'cross-origin-resource-policy': 'same-origin',
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
      });
    }
    for (const path of files)
      expect(await ask(`${page.url}${path.slice(1)}`, { headers: { 'Sec-Fetch-Site': 'cross-site' } })).toMatchObject({
        status: 403,
      });
  });

  it('rejects what is no question of its page', async () => {
    for (const body of ['', 'a', '1', 'null'])
      expect(await ask(`${page.url}console/request`, { method: 'POST', headers: own, body })).toMatchObject({ status: 400 });
    expect(await post('request', { id: 999_999 })).toMatchObject({ status: 404 });
    expect(await post('again', { id: 999_999 })).toMatchObject({ status: 404 });
    expect(await post('items', { table: 'nothing' })).toMatchObject({
      status: 400,
      text: expect.stringContaining('DynamoDB rejects'),
    });
  });
});

describe('the stream', () => {
  it('begins with what there is, and tells of requests, environments and log lines', async () => {
    const live = await follow();
    const snapshot = await live.nextOf('snapshot');
    expect(snapshot.stack).toMatchObject({
      name: 'items-local',
      asksForToken: false,
      apiKey: stack.apiKey,
      parameters: expect.arrayContaining([{ name: 'AuthorizationType', value: 'AWS_IAM' }]),
      resources: expect.arrayContaining([
        { logicalId: 'ItemsTable', type: 'AWS::DynamoDB::Table', physicalId: 'items-dev' },
      ]),
    });
    expect(snapshot.stack.functions).toHaveLength(operations.length);
    expect(JSON.stringify(snapshot)).not.toContain(stack.credentials?.secretAccessKey);
    expect(snapshot.stack.curl).toContain('--user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY"');
    expect(await send('POST', '/items', { body: '{"id":"first"}' })).toMatchObject({ status: 201 });
    expect(await live.nextOf('environment')).toMatchObject({
      environment: { functionName: 'items-local-CreateItem', state: 'starting', requests: 0 },
    });
    const { request } = await live.nextOf('request');
    expect(request).toMatchObject({
      method: 'POST',
      target: '/v1/items',
      status: 201,
      parts: { coldStart: expect.any(Number) },
    });
    // What a function writes at its end comes with the request or after it.
    const isReported = async (): Promise<boolean> =>
      (await post('request', { id: request.id })).text.includes('platform.report');
    while (!(await isReported())) expect(await live.nextOf('logs')).toEqual({ type: 'logs', id: request.id });
    live.end();
  });
});

describe('a request', () => {
  it('shows the path of its decisions, what was sent, and its log', async () => {
    const body = '{"id":"second","number":12345678901234567890}';
    await send('POST', '/items', { body });
    const details = await newest();
    expect(details.trail.map(({ name, outcome }) => `${name} ${outcome}`)).toEqual([
      'Route passed',
      'Authorization passed',
      'API key passed',
      'Throttling passed',
      'Validation passed',
      'Invoke permission passed',
      'Function passed',
      'Network passed',
      'IAM passed',
      'DynamoDB passed',
      'Response passed',
    ]);
    const texts = Object.fromEntries(details.trail.map(({ name, text }) => [name, text]));
    expect(texts).toMatchObject({
      Authorization: 'AWS_IAM: arn:aws:iam::123456789012:user/local, allowed by statement 1 of the policy of the user local',
      'API key': 'the API key ApiKey',
      'Invoke permission': 'CreateItemPermission allows lambda:InvokeFunction to apigateway.amazonaws.com',
      Network: 'over the gateway endpoint DynamoDbEndpoint',
      IAM: 'allowed by statement "UseTableFromThisVpc" of the policy CreateItem of CreateItemRole and statement 1 of the policy of the VPC endpoint DynamoDbEndpoint',
      DynamoDB: 'PutItem on items-dev; the condition attribute_not_exists(id) is true',
    });
    expect(details.requestBody).toEqual({ size: body.length, text: body });
    expect(details.responseBody.text).toContain('"number":12345678901234567890');
    expect(details.responseHeaders).toContainEqual({ name: 'ETag', value: expect.stringMatching(/^"/) });
    expect(details.logs.map(({ source }) => source)).toEqual(expect.arrayContaining(['platform', 'function', 'access']));
  });

  it('shows no credentials, not even in its curl command', async () => {
    await send('GET', '/items/first');
    const { text } = await post('request', { id: (await newest()).id });
    expect(text).not.toContain(stack.apiKey);
    const details = JSON.parse(text) as RequestDetails;
    expect(details.requestHeaders).toContainEqual({ name: 'x-api-key', value: '••••••••', isMasked: true });
    expect(details.requestHeaders.find(({ name }) => name === 'authorization')?.value).toMatch(/Signature=•+$/);
    expect(details.curl).toContain('-H "x-api-key: $API_KEY"');
  });

  it('is sent again with its credentials and a new signature', async () => {
    await send('GET', '/items/first');
    const { id, requestId } = await newest();
    records.length = 0;
    expect(await post('again', { id })).toMatchObject({ status: 200, text: expect.stringContaining('"id":"first"') });
    expect(records).toEqual(['GET 200']);
    expect((await newest()).requestId).not.toBe(requestId);
  });
});

describe('the tables', () => {
  it('are read without the API and its functions', async () => {
    await send('POST', '/items', { body: '{"id":"exact","number":12345678901234567890.123}' });
    records.length = 0;
    const tables = JSON.parse((await post('tables')).text);
    expect(tables).toHaveLength(entities.length);
    expect(tables[0]).toEqual({
      logicalId: 'ItemsTable',
      name: 'items-dev',
      partitionKey: { name: 'id', type: 'S' },
      collection: `${stack.stages[0]?.url}/items`,
    });
    const { items } = JSON.parse((await post('items', { table: 'items-dev', id: 'exact' })).text);
    expect(items).toEqual([
      { key: ['exact'], preview: '{"number":12345678901234567890.123}', token: '{"id":{"S":"exact"}}' },
    ]);
    const { text } = JSON.parse((await post('item', { table: 'items-dev', token: items[0].token })).text);
    expect(text).toContain('"number": 12345678901234567890.123');
    expect(JSON.parse((await post('items', { table: 'items-dev', id: 'nothing' })).text)).toEqual({ items: [] });
    expect(JSON.parse((await post('item', { table: 'items-dev', token: '{"id":{"S":"nothing"}}' })).text)).toEqual({});
    expect(records).toEqual([]);
  });

  it('are read page by page', async () => {
    for (let index = 0; index < 30; index += 1)
      await send('POST', '/items', { body: JSON.stringify({ id: `page-${index}` }) });
    const keys = new Set<string>();
    let after: string | undefined;
    let pages = 0;
    do {
      const page = JSON.parse((await post('items', { table: 'items-dev', after })).text);
      for (const { key } of page.items) keys.add(key[0]);
      after = page.next;
      pages += 1;
    } while (after !== undefined);
    expect(pages).toBe(2);
    expect([...keys].filter((key) => key.startsWith('page-'))).toHaveLength(30);
  });
});
