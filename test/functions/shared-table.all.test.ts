import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createDynamoDb, type DynamoDb } from '../../src/twin/dynamodb/index.ts';
import { user } from '../../src/twin/iam/identity.ts';
import { times } from '../property-runs.ts';
import { account, table } from '../twin/dynamodb/client.ts';
import { pythonFunctions, whyNot } from './python/python.ts';
import { context, proxyEvent, type RequestPart } from './typescript/event.ts';

interface Answer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}
type Edition = (handler: string, request: RequestPart) => Promise<Answer>;

describe.skipIf(whyNot !== undefined)('one table under both editions', () => {
  const functions = pythonFunctions();
  let dynamodb: DynamoDb;
  let editions: Readonly<Record<'typescript' | 'python', Edition>>;
  let exchange: typeof import('../../src/functions/typescript/connection.ts').exchange;

  beforeAll(async () => {
    dynamodb = await createDynamoDb(account);
    await dynamodb.createTable(table('items'));
    const allowed = { Statement: { Effect: 'Allow', Action: '*', Resource: '*' } } as const;
    const credentials = account.iam.credentials.issueLongTerm(user({ ...account, partition: 'aws' }, 'functions', allowed));
    Object.assign(process.env, {
      AWS_ENDPOINT_URL_DYNAMODB: dynamodb.endpoint,
      AWS_REGION: account.region,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      TABLE_NAME: 'items',
    });
    // Another test file of this worker may have imported the functions, with an environment of its own.
    vi.resetModules();
    type Handler = (event: APIGatewayProxyEvent, context: Context) => Promise<APIGatewayProxyResult>;
    const handlers: Readonly<Record<string, Handler>> = {
      create: (await import('../../src/functions/typescript/create-item.ts')).lambda_handler,
      get: (await import('../../src/functions/typescript/get-item.ts')).lambda_handler,
      update: (await import('../../src/functions/typescript/update-item.ts')).lambda_handler,
      list: (await import('../../src/functions/typescript/list-items.ts')).lambda_handler,
      delete: (await import('../../src/functions/typescript/delete-item.ts')).lambda_handler,
    };
    exchange = (await import('../../src/functions/typescript/connection.ts')).exchange;
    const inPython = new Map(
      ['create-item', 'get-item', 'update-item', 'list-items', 'delete-item'].map((name) => [
        name.split('-')[0],
        functions.start(name),
      ]),
    );
    editions = {
      typescript: async (handler, request) =>
        (await handlers[handler]?.(proxyEvent(request), context())) as unknown as Answer,
      python: async (handler, request) => (await inPython.get(handler)?.invoke(proxyEvent(request)))?.result as Answer,
    };
  });
  afterAll(async () => {
    functions.stop();
    await dynamodb.stop();
  });
  beforeEach(() => {
    vi.spyOn(console, 'info').mockImplementation(() => {});
  });

  const name = fc.oneof(
    fc.string({ minLength: 1, unit: 'grapheme' }),
    fc.constantFrom('__proto__', '7', '10', '😀', 'toJSON', '\\', '"', 'a\\', '\n'),
  );
  const key = name.filter((text) => text !== 'id');
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      fc.constantFrom(null, true, false, 0, '', '\u2028', '\u0000'),
      fc.string({ unit: 'grapheme' }),
      fc
        .double({ noNaN: true, noDefaultInfinity: true, min: -1e100, max: 1e100 })
        .filter((n) => n === 0 || Math.abs(n) > 1e-100),
      fc.array(tie('value')),
      fc.array(fc.tuple(key, tie('value'))).map((entries) => Object.fromEntries(entries)),
    ),
  }));
  const item = fc.array(fc.tuple(key, value)).map((entries) => JSON.stringify(Object.fromEntries(entries)));

  it('gives the same item whoever wrote it and whoever reads it', async () => {
    const pairs = [
      ['typescript', 'python'],
      ['python', 'typescript'],
    ] as const;
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...pairs), item, item, async ([one, other], first, second) => {
        const created = await editions[one]('create', { body: first });
        expect(created.statusCode, created.body).toBe(201);
        const { id } = JSON.parse(created.body);
        const read = await editions[other]('get', { id });
        expect(read).toEqual(await editions[one]('get', { id }));
        expect(JSON.parse(read.body)).toEqual(JSON.parse(created.body));
        const headers = { 'if-match': String(read.headers.ETag) };
        const updated = await editions[other]('update', { id, headers, body: second });
        expect(updated.statusCode, updated.body).toBe(200);
        expect(await editions[one]('get', { id })).toMatchObject({ statusCode: 200, body: updated.body });
      }),
      times(1),
    );
  });

  it('replays what the other did', async () => {
    for (const [one, other, name] of [
      ['typescript', 'python', 'a'],
      ['python', 'typescript', 'b'],
    ] as const) {
      const request = { body: '{"é":1.50}', headers: { 'idempotency-key': name } };
      const first = await editions[one]('create', request);
      const replay = await editions[other]('create', request);
      expect(replay).toEqual({ ...first, headers: { ...first.headers, 'Idempotency-Replayed': 'true' } });
      expect(await editions[other]('create', { ...request, body: '{}' })).toMatchObject({ statusCode: 422 });
    }
  });

  const names = ['typescript', 'python'] as const;
  const tagOf = ({ headers }: Answer): string => String(headers.ETag);

  it.each(names)('has two updates of one request id, in %s', async (name) => {
    const { [name]: ask } = editions;
    const id = `twice-${name}`;
    const first = tagOf(await ask('create', { body: `{"id":"${id}"}`, requestId: 'r-7' }));
    const second = await ask('update', { id, body: '{"n":1}', requestId: 'r-7' });
    const third = await ask('update', { id, body: '{"n":2}', requestId: 'r-7', headers: { 'if-match': tagOf(second) } });
    expect([second.statusCode, third.statusCode]).toEqual([200, 200]);
    expect(new Set([first, tagOf(second), tagOf(third)]).size).toBe(3);
    const read = await ask('get', { id });
    expect(JSON.parse(read.body)).toMatchObject({ version: 3, n: 2 });
    expect(tagOf(read)).toBe(tagOf(third));
  });

  it.each(names)('gives no tag twice, after delete and create with one key either, in %s', async (name) => {
    const { [name]: ask } = editions;
    const request = { body: '{"n":1}', headers: { 'idempotency-key': `again-${name}` } };
    const first = await ask('create', request);
    const { id } = JSON.parse(first.body);
    expect(await ask('delete', { id })).toMatchObject({ statusCode: 204 });
    const second = await ask('create', request);
    expect(second.statusCode).toBe(201);
    expect(second.headers).not.toHaveProperty('Idempotency-Replayed');
    expect(tagOf(second)).not.toBe(tagOf(first));
    const stale = { 'if-match': tagOf(first) };
    expect(await ask('update', { id, body: '{}', headers: stale })).toMatchObject({ statusCode: 412 });
    expect(await ask('delete', { id, headers: stale })).toMatchObject({ statusCode: 412 });
    expect(await ask('get', { id, headers: { 'if-none-match': tagOf(first) } })).toMatchObject({ statusCode: 200 });
  });

  it.each(names)('gives no tag twice, after an old copy was restored either, in %s', async (name) => {
    const { [name]: ask } = editions;
    const raw = async (action: 'GetItem' | 'PutItem', input: object): Promise<{ Item?: object }> => {
      const body = JSON.stringify({ TableName: 'items', ...input });
      const { status, text } = await exchange({ action, body, timeout: 60_000, write: false });
      expect(status, text).toBe(200);
      return JSON.parse(text);
    };
    const id = `restored-${name}`;
    const tags = [tagOf(await ask('create', { body: `{"id":"${id}"}` }))];
    const { Item: copy } = await raw('GetItem', { Key: { id: { S: id } } });
    for (let n = 0; n < 3; n++) tags.push(tagOf(await ask('update', { id, body: `{"n":${n}}` })));
    await raw('PutItem', { Item: copy });
    // What was restored is what its tag was for.
    expect(tagOf(await ask('get', { id }))).toBe(tags[0]);
    for (let n = 0; n < 3; n++) tags.push(tagOf(await ask('update', { id, body: `{"n":${n}}` })));
    expect(new Set(tags).size).toBe(7);
    expect(JSON.parse((await ask('get', { id })).body).version).toBe(4);
  });

  it.each(names)('has keys of one caller beside those of others, in %s', async (name) => {
    const { [name]: ask } = editions;
    const request = { body: '{"n":1}', headers: { 'idempotency-key': `own-${name}` } };
    const of = (caller: string) => ({ ...request, identity: { caller } });
    const first = await ask('create', of('AROAONE:session-1'));
    expect(await ask('create', of('AROATWO:session-1'))).not.toHaveProperty('headers.Idempotency-Replayed');
    expect(await ask('create', { ...of('AROATWO:session-1'), body: '{"n":2}' })).toMatchObject({ statusCode: 422 });
    expect(await ask('create', { ...of('AROATHREE:session-1'), body: '{"n":2}' })).toMatchObject({ statusCode: 201 });
    const replay = await ask('create', of('AROAONE:session-2'));
    expect(replay).toEqual({ ...first, headers: { ...first.headers, 'Idempotency-Replayed': 'true' } });
  });

  it('is listed alike, page by page', async () => {
    let query: Record<string, string[]> = { limit: ['7'] };
    for (let page = 0; page < 3; page++) {
      const [one, other] = [await editions.typescript('list', { query }), await editions.python('list', { query })];
      expect(other).toEqual(one);
      query = { limit: ['7'], cursor: [JSON.parse(one.body).nextCursor] };
    }
  });
});
