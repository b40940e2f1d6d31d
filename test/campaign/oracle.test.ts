import { describe, expect, it } from 'vitest';
import { type Item, judge, type Trial } from '../../campaign/oracle.ts';
import type { Attempt } from '../../campaign/proxy/call.ts';

const item: Item = { content: 'before', version: 1, tag: '"a"' };
const changed: Item = { content: 'after', version: 2, tag: '"b"' };

const attempt = (wrote: boolean, more: Partial<Attempt['result']> = {}): Attempt => ({
  action: 'UpdateItem',
  id: 'x',
  result: { status: wrote ? 200 : 400, wrote, ids: [], more: false, ...more },
});
const response = (status: number | undefined, body: object = {}, tag?: string): Trial['response'] => ({
  status,
  headers: tag === undefined ? {} : { etag: tag },
  text: JSON.stringify(body),
  ms: 5,
});
const problem = (status: number, detail = 'Try again later.') => response(status, { detail });
const maybe = 'The write may or may not have been applied. Read the item before retrying.';

/** A PUT that was applied, unless the part has other properties. */
const trial = (part: Partial<Trial>): Trial => ({
  operation: { action: 'UpdateItem', writes: true },
  fault: {},
  response: response(200, { content: 'after', version: 2 }, '"b"'),
  attempts: [attempt(true)],
  before: item,
  after: changed,
  content: 'after',
  ...part,
});
const unapplied = { attempts: [attempt(false)], after: item } as const;
const read = {
  operation: { action: 'GetItem', writes: false },
  response: response(200, { content: 'before', version: 1 }, '"a"'),
  ...unapplied,
} as const;
const list = { operation: { action: 'Scan', writes: false }, before: undefined, after: undefined } as const;
const page = (...ids: string[]) => [attempt(false, { status: 200, ids, more: true })];
const remove = { operation: { action: 'DeleteItem', writes: true }, response: response(204), after: undefined } as const;
const create = { operation: { action: 'PutItem', writes: true }, before: undefined } as const;

describe('a response is right', () => {
  it.each<[string, Partial<Trial>]>([
    ['200 of an update that was applied', {}],
    ['201 of an item that was created', { ...create, response: response(201, { content: 'after', version: 2 }, '"b"') }],
    ['204 of an item that was deleted', remove],
    ['200 with the item', read],
    [
      '200 with the page',
      { ...list, attempts: page('a'), response: response(200, { items: [{ id: 'a' }], nextCursor: 'b' }) },
    ],
    ['503 that says that the write may have been applied', { response: problem(503, maybe) }],
    ['503 of a write that was not applied', { ...unapplied, response: problem(503) }],
    ['503 of a read', { ...read, response: problem(503) }],
    ['500 of our own fault', { ...unapplied, fault: { ours: true }, response: problem(500) }],
    ['404 of an item that did not exist', { ...unapplied, before: undefined, response: problem(404) }],
    ['404 as DynamoDB said', { ...read, fault: { believable: { GetItem: [404] } }, response: problem(404) }],
    ['409 of an id that was taken', { ...create, ...unapplied, before: item, response: problem(409) }],
    ['412 of another version', { ...unapplied, ifMatch: '"x"', response: problem(412) }],
  ])('%s', (_name, part) => {
    expect(judge(trial(part))).toBeUndefined();
  });
});

describe('a response is wrong', () => {
  it.each<[string, Partial<Trial>, RegExp]>([
    ['no response', { response: { ...response(undefined), text: 'socket hang up' } }, /^no response: socket hang up/],
    ['a slow response', { response: { ...response(200), ms: 12_500 } }, /took 12.5 s/],
    ['504', { response: problem(504) }, /^504, but the write was applied/],
    ['500 that is not our own fault', { ...unapplied, response: problem(500) }, /^500$/],
    [
      '500 of a write that was applied',
      { fault: { ours: true }, response: problem(500) },
      /^500, but the write was applied/,
    ],
    ['503 that does not mention the write', { response: problem(503) }, /does not say that/],
    ['200 of an update that was applied twice', { attempts: [attempt(true), attempt(true)] }, /applied 2 times/],
    ['200 of an update that was not applied', { attempts: [attempt(false)] }, /^200, but the write was not applied/],
    ['200 of an update that is not in the table', { after: item }, /^200, but the item has other content/],
    [
      '200 with another version',
      { response: response(200, { content: 'after', version: 1 }, '"b"') },
      /version 1 instead of 2/,
    ],
    ['200 with another tag', { response: response(200, { content: 'after', version: 2 }, '"a"') }, /tag "a" instead of "b"/],
    ['204 of an item that exists', { ...remove, after: item }, /^204, but the item exists/],
    [
      '404 of an own deletion',
      { ...remove, response: problem(404) },
      /^404, but the item existed, and the write was applied/,
    ],
    ['404 of an item that existed', { ...read, response: problem(404) }, /^404, but the item existed$/],
    [
      '409 of an own creation',
      { ...create, response: problem(409) },
      /^409, but the item did not exist, and the write was applied/,
    ],
    [
      '412 of an own update',
      { ifMatch: '"a"', response: problem(412) },
      /^412, but the condition held, and the write was applied/,
    ],
    ['412 without a condition', { ...unapplied, response: problem(412) }, /^412, but the condition held$/],
    ['400 of a valid request', { ...unapplied, response: problem(400) }, /^400, but the request is valid/],
    [
      '200 with another item',
      { ...read, response: response(200, { content: 'x', version: 1 }, '"a"') },
      /content x instead of before/,
    ],
    ['200 of an item that did not exist', { ...read, before: undefined }, /^200, but the item did not exist/],
    [
      'a page of others',
      { ...list, attempts: page('a'), response: response(200, { items: [{ id: 'b' }], nextCursor: 'c' }) },
      /page/,
    ],
    ['200 without the cursor', { ...list, attempts: page('a'), response: response(200, { items: [{ id: 'a' }] }) }, /page/],
  ])('%s', (_name, part, why) => {
    expect(judge(trial(part))).toMatch(why);
  });
});
