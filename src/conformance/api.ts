import assert from 'node:assert/strict';
import { type Problem, type ProblemSlug, problems, problemType } from '../contract/problems.ts';
import { assertCrossOrigin, assertReadable } from './cross-origin.ts';
import { assertDescribed } from './described.ts';
import { createItemTracker, type Removal } from './item-tracker.ts';
import { base, type Response, send, type Target } from './send.ts';

export type { Outgoing, Response, Target } from './send.ts';

/**
 * Options of a request besides method and path. A string body is sent unchanged, any other as JSON. A default header that is null
 * is omitted.
 */
export interface Options {
  readonly headers?: Readonly<Record<string, string | null>>;
  readonly body?: unknown;
  /** Sends the request without authorization. */
  readonly anonymous?: true;
  /** Sends the request as the target's other caller. */
  readonly other?: true;
}

/** The API as cases use it. Every response is also checked against the rules for all responses of the API. */
export interface Api {
  /** Origin that the API allows. */
  readonly origin: string;
  /** Further origins that it allows. */
  readonly otherOrigins: readonly string[];
  request(method: string, path: string, options?: Options): Promise<Response>;
  /** Creates an item. Fails the case if that does not succeed. */
  // biome-ignore lint/suspicious/noExplicitAny: an item has the attributes that the case gives it.
  create(attributes?: object): Promise<any>;
  /**
   * Deletes the items that were created and not deleted, after all requests in progress have ended. Later requests are rejected:
   * a failed case may still have running loops.
   */
  cleanUp(): Promise<Removal>;
}

/** Default origin of requests. */
export const defaultOrigin = 'https://conformance.example';

/** Returns the API of a target. */
export const openApi = (target: Target): Api => {
  const { origin = defaultOrigin, otherOrigins = [], signal, onResponse } = target;
  const tracker = createItemTracker(target);
  const underWay = new Set<Promise<unknown>>();
  let closed = false;

  const ask = async (method: string, path: string, options: Options): Promise<Response> => {
    const url = new URL(base(target) + path);
    const body = bytes(options.body);
    const all = { origin, ...(body && { 'content-type': 'application/json' }), ...options.headers };
    const headers = Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== null));
    const { anonymous, other } = options;
    const outgoing = { method, url, headers, body, ...(anonymous && { anonymous }), ...(other && { other }) };
    const settle = tracker.note(outgoing);
    const response = await send(target, outgoing, signal).catch((error: unknown) => {
      settle();
      throw error;
    });
    settle(response);
    onResponse?.({ method, path, ...response });
    const what = `${method} ${path}: ${response.status}`;
    assertCrossOrigin(response.headers, headers.origin, what);
    if (headers.origin === origin) assertReadable(response.headers, origin, method, what);
    assertEveryAnswer(response, what);
    assertDescribed(response, method, path, what);
    return response;
  };

  const request: Api['request'] = (method, path, options = {}) => {
    signal?.throwIfAborted();
    assert.ok(!closed, 'a request after the case has ended');
    const response = ask(method, path, options);
    underWay.add(response);
    const settled = () => underWay.delete(response);
    response.then(settled, settled);
    return response;
  };

  return {
    origin,
    otherOrigins,
    // Async, so that a failed check rejects the promise and does not throw.
    request: async (...args) => request(...args),
    async create(attributes = {}) {
      // With a key, an item can be found and deleted even if the response is lost.
      const headers = { 'idempotency-key': crypto.randomUUID() };
      const response = await createOnce(request, { headers, body: attributes });
      assert.equal(response.status, 201, response.text);
      return response.json();
    },
    async cleanUp() {
      closed = true;
      await Promise.allSettled(underWay);
      return tracker.remove();
    },
  };
};

/**
 * Sends a create with an Idempotency-Key, and repeats it after a 503: the create may or may not have been applied, and the key
 * makes it safe to repeat. Returns the last of at most 5 responses.
 */
export const createOnce = async (request: Api['request'], options: Options, path = '/items'): Promise<Response> => {
  for (let attempt = 1; ; attempt++) {
    const response = await request('POST', path, options);
    if (response.status !== 503 || attempt === 5) return response;
  }
};

/** Fails unless the response is one of these problems (RFC 9457). Returns the problem. */
export const assertProblem = (response: Response, ...slugs: ProblemSlug[]): { detail: string; requestId: string } => {
  assert.ok(response.status >= 400, `expected ${slugs.join(' or ')}, got ${response.status} ${response.text}`);
  const problem = response.json();
  const slug = slugs.find((candidate) => problemType(candidate) === problem.type);
  assert.ok(slug, `expected ${slugs.join(' or ')}, got ${response.status} ${response.text}`);
  const { status = response.status }: Problem = problems[slug];
  assert.equal(response.status, status);
  return problem;
};

const bytes = (body: unknown): Uint8Array | undefined =>
  body === undefined ? undefined : new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body));

const assertEveryAnswer = (response: Response, what: string): void => {
  const { headers, status, text } = response;
  assert.match(headers.get('x-amzn-requestid') ?? '', /^[0-9a-f-]{36}$/, `${what}: x-amzn-RequestId`);
  if (status === 204 || status === 304) assert.equal(text, '', `${what} has a body`);
  if (status < 400) return;
  assert.equal(headers.get('content-type'), 'application/problem+json', `${what} ${text}`);
  const { type, detail, requestId, instance, ...rest } = response.json();
  const known = Object.entries<Problem>(problems).find(([slug]) => problemType(slug as ProblemSlug) === type)?.[1];
  assert.ok(known, `${what}: unknown problem type ${type}`);
  // A default gateway response is used for several statuses, so its body contains none.
  assert.deepEqual(rest, known.status === undefined ? {} : { status, title: known.title }, what);
  assert.equal(status, known.status ?? status, what);
  assert.ok(typeof detail === 'string' && detail.length > 0 && detail.length < 500, `${what}: detail ${detail}`);
  assert.equal(requestId, headers.get('x-amzn-requestid'), `${what}: requestId`);
  assert.equal(instance, `urn:uuid:${requestId}`, what);
};
