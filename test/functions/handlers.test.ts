// One file: most of it is one table of cases.
import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { sha256 as sha } from '../../src/functions/typescript/sign.ts';
import { times } from '../property-runs.ts';
import { type PythonFunction, pythonFunctions, whyNot } from './python/python.ts';
import { exception, type Reply, startEndpoint } from './typescript/endpoint.ts';
import { context, proxyEvent, type RequestPart } from './typescript/event.ts';
import { type Handler, importHandlers } from './typescript/handlers.ts';
import { stored as storedItem, writeId } from './typescript/items.ts';

const endpoint = await startEndpoint();
const handlers: Readonly<Record<string, Handler>> = await importHandlers();

const stored = (extra: object = {}) =>
  storedItem({
    attributes: {
      M: { z: { S: 'é\u2028😀\u007f' }, '2': { N: '1E+30' }, '1': { L: [{ N: '-0.50' }, { NULL: true }, { BOOL: true }] } },
    },
    ...extra,
  });
const found: Reply = { status: 200, body: { Item: stored() } };
const conditionFailed = (item?: object) => exception('ConditionalCheckFailedException', item && { Item: item });
const lost: Reply = { status: 500, body: { __type: 'InternalServerError' } };

/** What is by chance and by the clock, the write ids that the functions have drawn among it. */
const masked = (value: unknown): unknown => {
  const text = JSON.stringify(value)
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, 'time')
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'uuid');
  const drawn = endpoint.received.flatMap(({ input: { Item, ExpressionAttributeValues } }) => {
    const { writeId: created, ':writeId': updated } = {
      ...(Item as object),
      ...(ExpressionAttributeValues as object),
    } as Record<string, { readonly S: string } | undefined>;
    return created?.S ?? updated?.S ?? [];
  });
  return JSON.parse(drawn.reduce((masking, id) => masking.replaceAll(id, 'drawn'), text));
};

/** What is the same in any language of a log line, and of an error that it names. */
const inAnyLanguage = ({ durationMs, coldStart, error, cause, ...line }: Record<string, unknown>) => ({
  ...line,
  durationMs: typeof durationMs,
  coldStart: typeof coldStart,
  error:
    error === undefined ? undefined : String((error as { errorMessage?: string }).errorMessage ?? (error as Error).message),
  // How the last attempt before the deadline ends is a matter of time: without an answer, or with the failure that all have.
  cause:
    cause === undefined
      ? undefined
      : String(cause).replace(/(?:did not answer|answered) (\w+)(?: with 500)?: .*/s, 'failed $1'),
});

afterAll(endpoint.stop);

describe.skipIf(whyNot !== undefined)('both editions', () => {
  const functions = pythonFunctions();
  const inPython = new Map<string, PythonFunction>();
  afterAll(functions.stop);
  const lines: Record<string, unknown>[] = [];
  beforeEach(() => {
    vi.spyOn(console, 'info').mockImplementation((line) => void lines.push({ level: 'INFO', ...line }));
    vi.spyOn(console, 'error').mockImplementation((line) => void lines.push({ level: 'ERROR', ...line }));
  });

  /** Asks both the same, while DynamoDB replies the same, and expects that all they say and do is the same. */
  const agree = async (
    handler: string,
    request: RequestPart & object,
    replies: readonly Reply[] = [found],
    remaining = 30_000,
  ) => {
    const event = { ...proxyEvent(request), ...request };
    const run = async (invoke: () => Promise<{ result: unknown; line: object }>) => {
      endpoint.will(...replies);
      const { result, line } = await invoke();
      // How often DynamoDB is asked until the time is over is by chance.
      const received = remaining < 30_000 ? endpoint.received.slice(0, 1) : endpoint.received;
      return masked({ result, line, received });
    };
    const first = await run(async () => {
      lines.length = 0;
      const result = await handlers[handler]?.(event, context(remaining));
      const { level, ...message } = lines[0] ?? {};
      return { result, line: { level, message: inAnyLanguage(message), count: lines.length } };
    });
    const python = inPython.get(handler) ?? functions.start(handler);
    inPython.set(handler, python);
    const second = await run(async () => {
      const { result, log } = await python.invoke(event, remaining);
      const { level, message } = log[0] ?? {};
      return { result, line: { level, message: inAnyLanguage(message as Record<string, unknown>), count: log.length } };
    });
    expect(second).toEqual(first);
    // The order of headers and members, too.
    expect(JSON.stringify((second as { result: unknown }).result)).toBe(
      JSON.stringify((first as { result: unknown }).result),
    );
  };

  const key = { 'Idempotency-Key': 'order-7' };
  const created = (part: object = {}) =>
    conditionFailed(stored({ idempotencyKey: { S: sha('["anyone","order-7"]') }, requestBody: { S: sha('{}') }, ...part }));
  const tag = (number: number): string => `"${writeId(number)}"`;
  const updated: Reply = { status: 200, body: { Attributes: stored() } };
  const cases: readonly [string, string, object, (readonly Reply[])?, number?][] = [
    ['a create', 'create-item', { body: '{"id":"a","z":1,"2":[1.50,-0],"1":{"é":"\\u2028"}}' }],
    ['a create without an id', 'create-item', { body: '{}' }],
    ['a create with a key', 'create-item', { body: '{"a":"é"}', headers: key }],
    [
      'a key of a user',
      'create-item',
      { body: '{}', headers: key, authorizer: { claims: { iss: 'https://i/é', sub: 's"' } } },
    ],
    ['a key of a user without an issuer', 'create-item', { body: '{}', headers: key, authorizer: { claims: { sub: 's' } } }],
    ['a key of a session', 'create-item', { body: '{}', headers: key, identity: { caller: 'AROA1:a:b\nc' } }],
    ['a key of a federated user', 'create-item', { body: '{}', headers: key, identity: { caller: '123456789012:ann' } }],
    [
      'a key of an identity',
      'create-item',
      { body: '{}', headers: key, identity: { caller: 'AROA1:s', cognitoIdentityId: 'eu:1' } },
    ],
    ['a key of an API key', 'create-item', { body: '{}', headers: key, identity: { apiKeyId: 'k' } }],
    ['an id that is taken', 'create-item', { body: '{"id":"a"}' }, [conditionFailed(stored())]],
    ['an id that is taken by nobody', 'create-item', { body: '{"id":"a"}' }, [conditionFailed()]],
    ['a key that is used', 'create-item', { body: '{}', headers: { 'idempotency-key': '~!' } }, [conditionFailed(stored())]],
    ['a create whose response got lost', 'create-item', { body: '{"n":7}' }, [lost, conditionFailed(stored())]],
    [
      'a create that is throttled',
      'create-item',
      { body: '{"n":7}' },
      [exception('ThrottlingException'), { status: 200, body: {} }],
    ],
    ['a create and null', 'create-item', { body: '{}' }, [{ status: 200, body: null }]],
    ['a create and a list', 'create-item', { body: '{}' }, [{ status: 200, body: [] }]],
    ['a replay', 'create-item', { body: '{}', headers: key }, [created()]],
    ['a key with another body', 'create-item', { body: '{}', headers: key }, [created({ requestBody: { S: 'x' } })]],
    ['a key with no body', 'create-item', { body: '{}', headers: key }, [created({ requestBody: undefined })]],
    ['a key that is empty', 'create-item', { body: '{}', headers: { 'idempotency-key': '' } }],
    ['a key that ends a line', 'create-item', { body: '{}', headers: { 'idempotency-key': 'k\n' } }],
    ['an unknown type', 'create-item', { body: '{}', headers: { 'content-type': `text/plain; ${'é😀'.repeat(50)}` } }],
    ['a type that ends a line', 'create-item', { body: '{}', headers: { 'content-type': 'application/json\n' } }],
    ['no type', 'create-item', { body: '{}', multiValueHeaders: null }],
    [
      'a type of JSON',
      'create-item',
      { body: '{"id":"a"}', headers: { 'Content-Type': 'Application/VND.x+json ;charset=utf-8' } },
    ],
    ['a Unicode type', 'create-item', { body: '{}', headers: { 'content-type': 'application/é+json' } }],
    [
      'a body in base64',
      'create-item',
      { body: Buffer.from('{"id":"a","é":"\ufeff"}').toString('base64'), isBase64Encoded: true },
    ],
    [
      'a body that is no UTF-8',
      'create-item',
      {
        body: Buffer.from('7b226964223a2261222c2261223a22f09f98c328e28028ff227d', 'hex').toString('base64'),
        isBase64Encoded: true,
      },
    ],
    ['a byte order mark', 'create-item', { body: Buffer.from('\ufeff{}').toString('base64'), isBase64Encoded: true }],
    ['no body', 'create-item', {}],
    ['a path with a slash', 'create-item', { body: '{}', path: '/v1/items/' }],
    ['a path with two slashes', 'list-items', { path: '/v1//items' }],
    ['a path without a stage', 'create-item', { body: '{"id":"a"}', path: '/items' }],
    [
      'an item too large',
      'create-item',
      { body: '{}' },
      [exception('ValidationException', { message: 'Item size has exceeded' })],
    ],
    [
      'an item too large after a lost response',
      'update-item',
      { id: 'a', body: '{}', headers: { 'if-match': tag(3) } },
      [lost, exception('ValidationException', { message: 'Item size has exceeded' })],
    ],
    ['a get', 'get-item', { id: 'a' }],
    ['a get of nothing', 'get-item', { id: 'a' }, [{ status: 200, body: {} }]],
    ['a get with codes', 'get-item', { id: '%61%7e%2E' }],
    ['a get with a slash', 'get-item', { id: 'a', path: '/v1/items/a/' }],
    ['a get with two slashes', 'get-item', { id: 'a', path: '/v1//items/a' }],
    ['an id that cannot be', 'get-item', { id: 'a%2Fb%zz%C3%A9é😀%' }],
    ['a long id', 'get-item', { id: '😀'.repeat(150) }],
    ['an id of former times', 'get-item', { id: 'a:b@c' }],
    ['no id', 'get-item', {}],
    ['an unknown query parameter', 'get-item', { id: 'a', query: { '10': ['x'], z: ['1'], '9': ['1'] } }],
    ['an unknown query parameter of a list', 'list-items', { query: { [`${'😀'.repeat(60)}`]: ['1'] } }],
    ['a query parameter twice', 'list-items', { query: { limit: ['1', '1'] } }],
    [
      'the query of a presigned URL',
      'list-items',
      { query: { 'X-Amz-Date': ['x'], limit: ['1'], 'x-amz-ſ': ['1'] } },
      [{ status: 200, body: { Items: [] } }],
    ],
    [
      'throttling',
      'get-item',
      { id: 'a' },
      [exception('ThrottlingException'), exception('ProvisionedThroughputExceededException'), found],
    ],
    ['a lost connection', 'get-item', { id: 'a' }, ['disconnect', 'disconnect', found]],
    ['a connection that is reset', 'get-item', { id: 'a' }, ['reset', found]],
    ['a connection that is closed', 'get-item', { id: 'a' }, [{ ...found, close: true } as Reply]],
    ['an exception', 'get-item', { id: 'a' }, [exception('AccessDeniedException', { message: 'no' })]],
    ['an exception without a message', 'get-item', { id: 'a' }, [{ status: 400, body: { __type: 'X' } }]],
    ['an exception in other words', 'get-item', { id: 'a' }, [{ status: 400, body: { Message: 'M', __type: 'Y' } }]],
    ['an exception of another server', 'get-item', { id: 'a' }, [{ status: 400, body: { Message: 'M' } }, found]],
    ['no item at first', 'get-item', { id: 'a' }, [{ status: 200, body: { Item: {} } }, found]],
    ['null at first', 'get-item', { id: 'a' }, [{ status: 200, body: null }, { status: 200, body: [] }, found]],
    [
      'an unknown type of value at first',
      'get-item',
      { id: 'a' },
      [{ status: 200, body: { Item: stored({ attributes: { M: { a: { SS: ['b'] } } } }) } }, found],
    ],
    ['a store that never answers', 'get-item', { id: 'a' }, ['hang'], 1300],
    ['a store that fails', 'get-item', { id: 'a' }, [lost], 1200],
    ['no time', 'get-item', { id: 'a' }, ['hang'], 900],
    ['a correlation id', 'get-item', { id: 'a', headers: { 'X-Correlation-Id': 'order.7-_' } }],
    ['a correlation id that cannot be', 'get-item', { id: 'a', headers: { 'X-Correlation-Id': 'é' } }],
    ['a caller that IAM knows', 'get-item', { id: 'a', identity: { userArn: 'arn:aws:iam::123456789012:user/ann' } }],
    ['a user of the pool', 'get-item', { id: 'a', authorizer: { claims: { sub: 's-1' } } }],
    ['an authorizer without claims', 'get-item', { id: 'a', authorizer: { principalId: 'p' } }],
    ['an API key', 'get-item', { id: 'a', identity: { apiKeyId: 'k-1' } }],
    ['lines of one name', 'get-item', { id: 'a', multiValueHeaders: { 'If-None-Match': [tag(1), tag(3)] } }],
    ['a request id of the client', 'get-item', { id: 'a', requestId: 'é"\n' }],
    ['an update', 'update-item', { id: 'a', body: '{"a":1}' }, [updated]],
    ['an update of another id', 'update-item', { id: 'a', body: '{"id":"b"}' }],
    ['an update of the same id', 'update-item', { id: 'a', body: '{"id":"a"}' }, [updated]],
    [
      'an update whose response got lost',
      'update-item',
      { id: 'a', body: '{}', headers: { 'if-match': tag(3) } },
      [lost, conditionFailed(stored())],
    ],
    ['an update that was lost', 'update-item', { id: 'a', body: '{}', headers: { 'if-match': tag(3) } }, [lost, updated]],
    ['an update that may have been applied', 'update-item', { id: 'a', body: '{}' }, [lost]],
    ['an update without attributes', 'update-item', { id: 'a', body: '{}' }, [{ status: 200, body: {} }]],
    ['an update and null', 'update-item', { id: 'a', body: '{}' }, [{ status: 200, body: null }]],
    ['an update of nothing', 'update-item', { id: 'a', body: '{}' }, [conditionFailed()]],
    [
      'an update with another tag',
      'update-item',
      { id: 'a', body: '{}', headers: { 'if-match': tag(2) } },
      [conditionFailed(stored())],
    ],
    ['a delete', 'delete-item', { id: 'a' }, [{ status: 200, body: {} }]],
    [
      'a delete with tags',
      'delete-item',
      { id: 'a', headers: { 'if-match': `W/${tag(2)}, ${tag(3)}` } },
      [conditionFailed(stored())],
    ],
    ['a delete that may have been applied', 'delete-item', { id: 'a' }, [lost]],
    [
      'a delete whose response got lost',
      'delete-item',
      { id: 'a', headers: { 'if-match': tag(3) } },
      [lost, conditionFailed()],
    ],
    [
      'a page',
      'list-items',
      {},
      [{ status: 200, body: { Items: [stored(), stored()], LastEvaluatedKey: { id: { S: 'a' } } } }],
    ],
    ['an empty page', 'list-items', { query: { limit: ['1'] } }, [{ status: 200, body: { Items: [] } }]],
    [
      'a page without items at first',
      'list-items',
      {},
      [
        { status: 200, body: {} },
        { status: 200, body: { Items: [stored()] } },
      ],
    ],
    [
      'a page too large',
      'list-items',
      {},
      [
        {
          status: 200,
          body: {
            Items: Array.from({ length: 3 }, (_, n) =>
              stored({ id: { S: `i${n}` }, attributes: { M: { a: { S: '\u0001'.repeat(390_000) } } } }),
            ),
          },
        },
      ],
    ],
    [
      'a page too dense',
      'list-items',
      {},
      [
        {
          status: 200,
          body: {
            Count: 3,
            Items: Array.from({ length: 3 }, (_, n) =>
              stored({
                id: { S: `i${n}` },
                attributes: { M: { a: { L: Array(60_000).fill({ NULL: true }) }, b: { M: {} } } },
              }),
            ),
            LastEvaluatedKey: { id: { S: 'i2' } },
          },
        },
      ],
    ],
    ['an item of too many values', 'create-item', { body: `{"a":[${Array(50_000).fill('""')}]}` }],
    ['a cursor', 'list-items', { query: { limit: ['100'], cursor: ['YS1-'] } }, [{ status: 200, body: { Items: [] } }]],
  ];
  it.each(cases)('agree about %s', async (_what, handler, request, replies, remaining) => {
    await agree(handler, request, replies, remaining);
  });

  it('agree about any preconditions', async () => {
    const one = fc.constantFrom(
      '*',
      ' * ',
      tag(3),
      `W/${tag(3)}`,
      tag(2),
      writeId(3),
      `"${writeId(3)}`,
      '"3"',
      '""',
      `"${'٣'.repeat(22)}"`,
      `"${'x'.repeat(23)}"`,
      ',',
      '',
    );
    const header = fc.option(fc.oneof(fc.array(one, { maxLength: 4 }).map(String), fc.constant(`${tag(1)},`.repeat(51))), {
      nil: undefined,
    });
    const request = fc.record({ 'If-Match': header, 'If-None-Match': header });
    const replies: Readonly<Record<string, Reply>> = {
      'get-item': found,
      'update-item': { status: 200, body: { Attributes: stored() } },
      'delete-item': conditionFailed(stored()),
    };
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...Object.keys(replies)), request, async (handler, named) => {
        const headers = Object.fromEntries(
          Object.entries(named).filter((entry): entry is [string, string] => entry[1] !== undefined),
        );
        await agree(handler, { id: 'a', body: '{}', headers }, [replies[handler] ?? found]);
      }),
      times(3),
    );
  });

  it('agree about any page that is asked for', async () => {
    const limit = fc.option(
      fc.oneof(fc.integer({ min: -1, max: 120 }).map(String), fc.constantFrom('', '07', '1e1', '٣', '5\n')),
      { nil: undefined },
    );
    const cursor = fc.option(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.base64String(),
        fc.stringMatching(/^[\w.~:@-]{1,9}$/).map((id) => Buffer.from(id).toString('base64url')),
      ),
      { nil: undefined },
    );
    await fc.assert(
      fc.asyncProperty(fc.record({ limit, cursor }), async (asked) => {
        const query = Object.fromEntries(
          Object.entries(asked).flatMap(([name, value]) => (value === undefined ? [] : [[name, [value]]])),
        );
        await agree('list-items', { query }, [{ status: 200, body: { Items: [stored()] } }]);
      }),
      times(3),
    );
  });

  it('agree about origins', async () => {
    const variables = { ALLOWED_ORIGINS: 'https://a.example,https://b.example' };
    Object.assign(process.env, variables);
    inPython.set('get-item', functions.start('get-item', variables));
    for (const origin of [
      'https://b.example',
      'https://c.example',
      'https://b.example/',
      'https://b.exampl',
      'null',
      undefined,
    ]) {
      await agree('get-item', { id: 'a', ...(origin && { headers: { origin } }) });
    }
    delete process.env.ALLOWED_ORIGINS;
  });
});
