import { describe, expect, it } from 'vitest';
import { assertDescribed } from '../../src/conformance/described.ts';

const item = {
  id: 'lamp',
  version: 1,
  createdAt: '2026-11-22T15:00:50.726Z',
  updatedAt: '2026-11-22T15:00:50.726Z',
  a: [null],
};
const problem = {
  type: 'urn:items-api:problem:item-not-found',
  title: 'There is no such item',
  status: 404,
  detail: 'There is no item with the id "lamp".',
  instance: 'urn:uuid:4f6a',
  requestId: '4f6a',
};
const good = { ETag: '"Tq3xZt0mR2uX5cP8aVw1nA"', 'x-amzn-RequestId': '4f6a', 'Content-Type': 'application/json' };
const bad = { 'x-amzn-RequestId': '4f6a', 'Content-Type': 'application/problem+json' };

/** Says what is wrong with a response to GET /items/lamp, unless told otherwise. */
const fault = (status: number, headers: Record<string, string>, body: unknown, method = 'GET', path = '/items/lamp') => {
  const text = body === undefined ? '' : JSON.stringify(body);
  const response = { status, headers: new Headers(headers), text, json: () => JSON.parse(text) };
  try {
    assertDescribed(response, method, path, 'it');
    return 'nothing';
  } catch (error) {
    return (error as Error).message;
  }
};

describe('a response', () => {
  it.each([
    ['an item', fault(200, good, item)],
    ['a page', fault(200, good, { items: [item], nextCursor: 'bA' }, 'GET', '/items?limit=1')],
    ['no content', fault(204, bad, undefined, 'DELETE')],
    ['not modified', fault(304, good, undefined)],
    ['a problem of the function', fault(404, bad, problem)],
    ['a problem of the gateway', fault(431, bad, { ...problem, type: 'urn:items-api:problem:client-error', status: 431 })],
    ['a problem of a path that is not described', fault(403, bad, problem, 'GET', '/nothing')],
    [
      'a replay',
      fault(201, { ...good, Location: '/v1/items/lamp', 'Idempotency-Replayed': 'true' }, item, 'POST', '/items'),
    ],
  ])('is described: %s', (_, found) => expect(found).toBe('nothing'));

  it.each([
    ['another status', fault(202, good, item), /getItem has no such response in openapi\.yaml/],
    ['no entity tag', fault(200, { ...good, ETag: '' }, item), /header ETag/],
    ['a weak entity tag', fault(200, { ...good, ETag: `W/${good.ETag}` }, item), /header ETag.* must match pattern/],
    ['no request id', fault(204, {}, undefined, 'DELETE'), /header x-amzn-RequestId is missing/],
    ['no Location', fault(201, good, item, 'POST', '/items'), /header Location is missing/],
    ['a date in Retry-After', fault(503, { ...bad, 'Retry-After': 'soon' }, problem), /header Retry-After/],
    ['another content type', fault(200, { ...good, 'Content-Type': 'text/json' }, item), /content type text\/json/],
    ['a body of 204', fault(204, bad, item, 'DELETE'), /has a body/],
    [
      'an item without a version',
      fault(200, good, { ...item, version: undefined }),
      /must have required property 'version'/,
    ],
    ['an item of version 0', fault(200, good, { ...item, version: 0 }), /version must be >= 1/],
    ['a local time', fault(200, good, { ...item, createdAt: '2026-11-22T15:00:50' }), /createdAt must match format/],
    ['a page with more', fault(200, good, { items: [], total: 0 }, 'GET', '/items'), /must NOT have additional properties/],
    ['an item in a page', fault(200, good, { items: [{}] }, 'GET', '/items'), /items\/0 must have required property/],
    [
      'a problem of another operation',
      fault(409, bad, { ...problem, type: 'urn:items-api:problem:id-taken', status: 409 }),
      /type must be equal to one of the allowed values/,
    ],
    ['a problem of another status', fault(404, bad, { ...problem, status: 400 }), /status must be equal to constant/],
    ['a problem with more', fault(404, bad, { ...problem, stack: 'at index.js:1' }), /additional properties/],
    ['a problem without a detail', fault(404, bad, { ...problem, detail: '' }), /detail must NOT have fewer/],
    ['no problem at a path that is not described', fault(403, bad, {}, 'GET', '/nothing'), /must have required property/],
  ])('is not described: %s', (_, found, expected) => expect(found).toMatch(expected));
});
