import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { comparable, difference } from '../../campaign/fuzz/alike.ts';
import { sessions } from '../../campaign/fuzz/requests.ts';
import type { Response } from '../../campaign/ground/client.ts';

const response = (status: number, body: object, headers: Response['headers'] = {}): Response => ({
  status,
  headers,
  text: JSON.stringify(body),
  ms: 1,
});
/** An entity tag without its quotes. */
const tag = (letter: string): string => letter.repeat(22);
const differ = (one: Response, other: Response, isPage = false): string | undefined =>
  difference(comparable(one, isPage), comparable(other, isPage));

describe('two responses', () => {
  it('are equal apart from ids, times and tags', () => {
    const one = { id: crypto.randomUUID(), updatedAt: '2026-01-01T00:00:00.000Z', n: 1, detail: `If-Match: "${tag('a')}".` };
    const other = {
      id: crypto.randomUUID(),
      updatedAt: '2026-01-02T00:00:00.000Z',
      n: 1,
      detail: `If-Match: "${tag('b')}".`,
    };
    const headers = (location: string, etag: string) => ({ location: `/v1/items/${location}`, etag });
    expect(
      differ(response(201, one, headers(one.id, `"${tag('a')}"`)), response(201, other, headers(other.id, `"${tag('b')}"`))),
    ).toBeUndefined();
  });

  it.each<[string, Response, RegExp]>([
    ['the status', response(201, { n: 1 }), /^status: 200 and 201/],
    ['the problem', response(200, { n: 1, type: 'urn:x' }), /^problem: undefined and urn:x/],
    ['the body', response(200, { n: 1.5 }), /^body: \{"n":1\} and \{"n":1\.5\}/],
    ['an entity tag', response(200, { n: 1 }, { etag: '"x"' }), /^hasTag: false and true/],
    ['the media type', response(200, { n: 1 }, { 'content-type': 'text/plain' }), /^type: undefined and text/],
  ])('differ in %s', (_name, other, why) => {
    expect(differ(response(200, { n: 1 }), other)).toMatch(why);
  });

  it('can name another fault of a body in which a parser gives up', () => {
    const problem = (type: string, detail: string) => response(400, { type, detail });
    const deep = problem('urn:a', 'The item is nested too deep: it can have 30 levels of objects and arrays.');
    expect(differ(deep, problem('urn:a', 'id must be a string.'))).toBeUndefined();
    expect(differ(deep, problem('urn:b', 'id must be a string.'))).toMatch(/^problem/);
    expect(differ(problem('urn:a', 'one'), problem('urn:a', 'two'))).toMatch(/^body/);
  });

  it('can be pages with different items', () => {
    const page = (id: string) => response(200, { items: [{ id }] });
    expect(differ(page('a'), page('b'), true)).toBeUndefined();
    expect(differ(page('a'), response(400, {}), true)).toMatch(/^status/);
  });
});

describe('random requests', () => {
  const all = fc.sample(sessions, { seed: 1, numRuns: 400 }).flat();

  it('depend on the seed only', () => {
    const once = JSON.stringify(fc.sample(sessions, { seed: 5, numRuns: 20 }));
    expect(JSON.stringify(fc.sample(sessions, { seed: 5, numRuns: 20 }))).toBe(once);
  });

  it('have all methods, and mostly valid bodies', () => {
    expect([...new Set(all.map(({ method }) => method))].sort()).toEqual(
      ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'].sort(),
    );
    const bodies = all.flatMap(({ body }) => (body ? [body.toString()] : []));
    const right = bodies.filter((text) => {
      try {
        return JSON.parse(text) !== null;
      } catch {
        return false;
      }
    });
    expect(right.length).toBeGreaterThan(bodies.length / 2);
    expect(right.length).toBeLessThan(bodies.length);
  });
});
