import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { startEndpoint } from './endpoint.ts';
import { context, proxyEvent, type RequestPart } from './event.ts';
import { type HandlerName, handlerNames, importHandlers } from './handlers.ts';
import { stored } from './items.ts';

const endpoint = await startEndpoint();
const handlers = await importHandlers();
afterAll(endpoint.stop);
beforeEach(() => {
  vi.spyOn(console, 'info').mockImplementation(() => {});
  endpoint.will({ status: 200, body: { Item: stored(), Items: [] } });
});

const ask = async (handler: HandlerName, part: RequestPart) => {
  const { statusCode, body } = await handlers[handler](proxyEvent(part), context());
  return { status: statusCode, detail: body && JSON.parse(body).detail, asked: endpoint.received.length };
};

const itemHandlers = ['get-item', 'update-item', 'delete-item'] as const;
const body = '{}';

describe('an id in the path', () => {
  it('has one spelling: any other is 404, and shows that one', async () => {
    for (const handler of itemHandlers) {
      for (const id of ['%73ecret', 'secre%74', '%73%65%63%72%65%74', 'secret%2e']) {
        const { status, detail, asked } = await ask(handler, { id, body });
        expect([status, asked], id).toEqual([404, 0]);
        expect(detail).toBe(`There is no item at this path. Write it as /items/${decodeURIComponent(id)}.`);
      }
      for (const path of [
        '/v1/items/secret/',
        '/v1//items/secret',
        '/v1/items//secret',
        '/v1/items/secret//',
        '//v1/items/secret',
      ]) {
        const { status, detail, asked } = await ask(handler, { id: 'secret', path, body });
        expect([status, asked], path).toEqual([404, 0]);
        expect(detail).toBe('There is no item at this path. Write it as /items/secret.');
      }
    }
    expect(await ask('get-item', { id: 'secret' })).toMatchObject({ status: 200, asked: 1 });
    expect(endpoint.received[0]?.input.Key).toEqual({ id: { S: 'secret' } });
  });

  it.each([
    '',
    '%',
    '%zz',
    '.',
    '..',
    '%2e%2e',
    'a%2Fb',
    'a%20b',
    '%C3%A9',
    'é',
    'a:b',
    'a%3Ab',
    'a@b',
    'a%40b',
    'x'.repeat(129),
  ])('that no item can have is 404 and says what an id is: %j', async (id) => {
    for (const handler of itemHandlers) {
      const { status, detail, asked } = await ask(handler, { id, body });
      expect([status, asked]).toEqual([404, 0]);
      expect(detail).toContain('An id has 1 to 128 characters from A-Z a-z 0-9 . _ ~ -');
    }
  });

  it('is cut in the message if it is long', async () => {
    expect((await ask('get-item', { id: '%'.repeat(9000) })).detail.length).toBeLessThan(400);
  });

  it.each(['a', 'A~z_0.9-', '...', '-', '~', 'x'.repeat(128)])('can be %s', async (id) => {
    expect(await ask('get-item', { id })).toMatchObject({ status: 200 });
  });
});

describe('the path of the collection', () => {
  it.each(['/v1/items/', '/v1//items', '/v1/items//', '/v1/%69tems'])('has one spelling, and is not %s', async (path) => {
    for (const handler of ['create-item', 'list-items'] as const) {
      expect(await ask(handler, { path, body })).toEqual({
        status: 404,
        detail: 'Write the path as /items, without another slash.',
        asked: 0,
      });
    }
  });
});

describe('query parameters', () => {
  it('that an operation does not have are 400, and name those that it has', async () => {
    for (const handler of handlerNames) {
      const id = itemHandlers.some((name) => name === handler) ? 'a' : undefined;
      for (const query of [{ dryRun: ['true'] }, { '': [''] }, { Limit: ['1'] }, { limits: ['1'] }] as const) {
        const { status, detail, asked } = await ask(handler, { ...(id && { id }), body, query });
        expect([status, asked], handler).toEqual([400, 0]);
        expect(detail).toBe(
          `The query parameter "${Object.keys(query)[0]}" is not known. ` +
            (handler === 'list-items'
              ? 'This operation has the query parameters limit and cursor.'
              : 'This operation has no query parameters.'),
        );
      }
    }
  });

  it('that are repeated are 400', async () => {
    for (const query of [
      { limit: ['1', '2'] },
      { limit: ['1', '1'] },
      { cursor: ['', ''] },
      { 'X-Amz-Date': ['a', 'b'] },
    ] as const) {
      const { status, detail, asked } = await ask('list-items', { query });
      expect([status, asked]).toEqual([400, 0]);
      expect(detail).toBe(
        `The query parameter "${Object.keys(query)[0]}" is repeated. This operation has the query parameters limit and cursor.`,
      );
    }
  });

  it('of a presigned URL are known to all operations', async () => {
    const signature = ['Algorithm', 'Credential', 'Date', 'Expires', 'SignedHeaders', 'Security-Token', 'Signature'];
    const query = Object.fromEntries(signature.map((name) => [`X-Amz-${name}`, ['x']]));
    expect(await ask('get-item', { id: 'a', query })).toMatchObject({ status: 200 });
    expect(await ask('list-items', { query: { ...query, limit: ['3'] } })).toMatchObject({ status: 200 });
  });

  it('are cut in the message if they are long', async () => {
    expect((await ask('get-item', { id: 'a', query: { ['x'.repeat(9000)]: [''] } })).detail.length).toBeLessThan(300);
  });
});

describe('a body', () => {
  const bytes = Buffer.from('7b2261223a2278ff79c3227d', 'hex');

  it('has U+FFFD for bytes that are not UTF-8, as API Gateway makes it of them', async () => {
    const event = proxyEvent({ body: bytes.toString('base64') });
    await handlers['create-item']({ ...event, isBase64Encoded: true }, context());
    const encoded = endpoint.received[0]?.input.Item;
    await handlers['create-item'](proxyEvent({ body: bytes.toString() }), context());
    for (const item of [encoded, endpoint.received[1]?.input.Item]) {
      expect(item).toMatchObject({ attributes: { M: { a: { S: 'x\ufffdy\ufffd' } } } });
    }
  });
});
