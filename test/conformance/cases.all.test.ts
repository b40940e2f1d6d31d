import { describe, expect, it } from 'vitest';
import type { Case } from '../../src/conformance/case.ts';
import { concurrency } from '../../src/conformance/cases/concurrency.ts';
import { fidelity } from '../../src/conformance/cases/fidelity.ts';
import { list } from '../../src/conformance/cases/list.ts';
import { rejections } from '../../src/conformance/cases/rejections.ts';
import { numbersOf } from '../random.ts';
import { type OnTheWay, problem, type Simulated, simulateApi } from './simulated-api.ts';

const small = '{"n":1}';
const large = JSON.stringify({ text: 'x'.repeat(390_000) });
/** Two of these do not fit into a page. */
const largest = JSON.stringify({ text: '\u0001'.repeat(390_000) });

/** Others, who create and delete up to 20 items of their own before each request, now and then a large one. */
const others = (seed: number): OnTheWay => {
  const random = numbersOf(seed);
  const theirs: string[] = [];
  let created = 0;
  return (request, forward, table) => {
    for (let n = Math.floor(random() * 20); n > 0; n--) {
      if (random() < theirs.length / 100) {
        const [id = ''] = theirs.splice(Math.floor(random() * theirs.length), 1);
        table.delete(id);
      } else {
        const id = `theirs-${++created}`;
        table.put(id, random() < 0.02 ? large : small);
        theirs.push(id);
      }
    }
    return forward(request);
  };
};

/** Others who have large items in the table and do nothing. */
const owners: OnTheWay = (request, forward, table) => {
  for (const id of ['theirs-1', 'theirs-2']) if (!table.get(id)) table.put(id, largest);
  return forward(request);
};

const unavailable = () => problem('store-unavailable', 'The write may or may not have been applied.');

/** A DynamoDB that answers too late to updates with large items, which functions then try again if they have a condition. */
const slow: OnTheWay = (request, forward) => {
  const { method, headers = {}, body = '' } = request;
  const isLarge = JSON.stringify(body).length > 100_000;
  return method === 'PUT' && isLarge && !('if-match' in headers) ? unavailable() : forward(request);
};

/** A DynamoDB that now and then does not answer to a write, which it may have applied or not. */
const uncertain = (seed: number): OnTheWay => {
  const random = numbersOf(seed);
  return (request, forward) => {
    if (!['PUT', 'POST'].includes(request.method) || random() > 0.2) return forward(request);
    if (random() < 0.5) forward(request);
    return unavailable();
  };
};

const withQuery = (request: Simulated, change: (query: URLSearchParams) => void): Simulated => {
  const { pathname, searchParams } = new URL(request.path, 'http://localhost');
  change(searchParams);
  return { ...request, path: searchParams.size ? `${pathname}?${searchParams}` : pathname };
};

const cursorOf = (id: string): string => Buffer.from(id).toString('base64url');

const smallerPages: OnTheWay = (request, forward) =>
  forward(withQuery(request, (query) => void (query.has('limit') || query.set('limit', '20'))));

const beginningAgain = (): OnTheWay => {
  const deleted = new Set<string | null>();
  return (request, forward) => {
    if (request.method === 'DELETE') deleted.add(cursorOf(request.path.replace('/items/', '')));
    return forward(withQuery(request, (query) => void (deleted.has(query.get('cursor')) && query.delete('cursor'))));
  };
};

const withoutEnd: OnTheWay = (request, forward) => {
  const response = forward(request);
  if (!request.path.includes('?')) return response;
  return { ...response, json: () => ({ ...response.json(), nextCursor: cursorOf('none') }) };
};

const unconditional: OnTheWay = ({ headers: _, ...request }, forward) => forward(request);

/** Each create succeeds, whatever is there. */
const creatingTwice: OnTheWay = (request, forward) => {
  const response = forward(request);
  return request.method === 'POST' ? { ...response, status: 201 } : response;
};

/** A new entity tag for each update, and none in the table. */
const keepingNothing = (): OnTheWay => {
  let updates = 0;
  return (request, forward) =>
    request.method === 'PUT'
      ? { ...forward({ ...request, method: 'GET' }), headers: new Headers({ etag: `"${++updates}"` }) }
      : forward(request);
};

/** Runs a case on an API that nothing is wrong with, several times. */
const holds = async ({ run }: Case, onTheWay: (seed: number) => OnTheWay, times: number): Promise<void> => {
  for (let seed = 0; seed < times; seed++) {
    await run(simulateApi(`item-${seed}`, onTheWay(seed))).catch((error: Error) => {
      throw new Error(`with seed ${seed}: ${error.message}`, { cause: error });
    });
  }
};

const named = (members: readonly Case[], name: RegExp): readonly Case[] =>
  members.filter((member) => name.test(member.name));

describe('holds beside others who create and delete items between any two requests:', () => {
  it.each(list)('$name', (member) => holds(member, others, 12));
});

describe('holds beside two items that are as large as can be:', () => {
  it.each(list)('$name', (member) => holds(member, () => owners, 6));
});

describe('holds where DynamoDB is slow with large items:', () => {
  it.each([...fidelity, ...named(rejections, /^413/)])('$name', (member) => holds(member, () => slow, 1));
});

describe('holds where it is uncertain whether a write was applied:', () => {
  it.each(concurrency)('$name', (member) => holds(member, uncertain, 20));
});

describe('fails an API', () => {
  it.each<[string, RegExp, OnTheWay, RegExp]>([
    ['with smaller pages', /^gives 25/, smallerPages, /^a page of 20 items and \d+ bytes is not the last one$/],
    ['that begins again where an item is deleted', /^goes on/, beginningAgain(), /deep-equal/],
    ['whose list has no end', /^lists items as/, withoutEnd, /^a page leads back/],
    ['that loses updates', /updates lose none$/, unconditional, /deep-equal/],
    ['that creates an item twice', /parallel creates of one id/, creatingTwice, /^expected 1 to win, got \d+$/],
    ['that keeps no update', /^parallel updates without/, keepingNothing(), /^version 1 after 20 updates$/],
  ])('%s', async (_what, name, onTheWay, message) => {
    const [member] = named([...list, ...concurrency], name);
    await expect(member?.run(simulateApi('item', onTheWay))).rejects.toThrow(message);
  });
});
