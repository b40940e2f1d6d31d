import assert from 'node:assert/strict';
import { type Operation, operations } from '../contract/operations.ts';
import { type Problem, type ProblemSlug, problems, problemType } from '../contract/problems.ts';
import { assertCrossOrigin, assertReadable } from './cross-origin.ts';

/** Where and how to reach the API under test. */
export interface Target {
  /** Invoke URL with the stage, such as `https://….execute-api.eu-central-1.amazonaws.com/v1`. */
  readonly url: string;
  /** Origin that the API allows; every request claims to come from it, unless its case says otherwise. */
  readonly origin?: string;
  /** Adds what authorizes a request: a signature, a token, an API key. */
  authorize?(request: Outgoing): Promise<Record<string, string>> | Record<string, string>;
}

/** A request as it leaves. */
export interface Outgoing {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | undefined;
}

/**
 * What a case sends beside method and path. A string body goes out as it is, anything else as JSON. A header that is null
 * is left out, where it would be sent otherwise.
 */
export interface Options {
  readonly headers?: Readonly<Record<string, string | null>>;
  readonly body?: unknown;
}

/** A response, read to its end. */
export interface Response {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body parsed as JSON; fails the case if it is not. */
  // biome-ignore lint/suspicious/noExplicitAny: cases assert the shape themselves.
  json(): any;
}

/** The API as cases use it. Whatever a request is answered with, it must hold what holds for every answer. */
export interface Api {
  /** Origin that the API allows. */
  readonly origin: string;
  request(method: string, path: string, options?: Options): Promise<Response>;
  /** Creates an item and fails the case if that does not succeed. */
  // biome-ignore lint/suspicious/noExplicitAny: an item has whatever attributes the case gave it.
  create(attributes?: object): Promise<any>;
  /** Deletes what was created and not deleted since. Returns how many items that were. */
  cleanUp(): Promise<number>;
}

/** Opens the API at a target. */
export const openApi = (target: Target): Api => {
  const origin = target.origin ?? 'https://conformance.example';
  const created = new Set<string>();

  const request: Api['request'] = async (method, path, options = {}) => {
    const url = new URL(target.url.replace(/\/$/, '') + path);
    const body = bytes(options.body);
    const all = { origin, ...(body && { 'content-type': 'application/json' }), ...options.headers };
    const headers = Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== null));
    const outgoing = { method, url, headers, body };
    const authorization = await target.authorize?.(outgoing);
    const answer = await fetch(url, { method, headers: { ...headers, ...authorization }, body: body ?? null });
    const text = await answer.text();
    const response = { status: answer.status, headers: answer.headers, text, json: () => JSON.parse(text) };
    if (response.status === 201) created.add(String(response.json().id));
    if (method === 'DELETE' && response.status === 204) created.delete(String(path.split('/').at(-1)));
    const what = `${method} ${path}: ${response.status}`;
    assertCrossOrigin(response.headers, headers.origin, what);
    if (headers.origin === origin) assertReadable(response.headers, origin, method, what);
    assertEveryAnswer(response, what);
    assertInContract(response, method, path);
    return response;
  };

  return {
    origin,
    request,
    async create(attributes = {}) {
      const response = await request('POST', '/items', { body: attributes });
      assert.equal(response.status, 201, response.text);
      return response.json();
    },
    async cleanUp() {
      const ids = [...created];
      for (const id of ids) await request('DELETE', `/items/${id}`);
      return ids.length;
    },
  };
};

/** Fails unless the response is this problem, in RFC 9457's form. Returns it. */
export const assertProblem = (response: Response, ...slugs: ProblemSlug[]): { detail: string; requestId: string } => {
  const problem = response.json();
  const slug = slugs.find((candidate) => problemType(candidate) === problem.type);
  assert.ok(slug, `expected ${slugs.join(' or ')}, got ${response.status} ${response.text}`);
  assert.equal(response.status, problems[slug].status);
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
  const { type, title, detail, requestId, instance, ...rest } = response.json();
  const known = Object.entries(problems).find(([slug]) => problemType(slug as ProblemSlug) === type);
  assert.ok(known, `${what}: unknown problem type ${type}`);
  assert.deepEqual(rest, { status }, what);
  assert.deepEqual([known[1].status, known[1].title], [status, title], what);
  assert.ok(typeof detail === 'string' && detail.length > 0 && detail.length < 500, `${what}: detail ${detail}`);
  assert.equal(requestId, headers.get('x-amzn-requestid'), `${what}: requestId`);
  assert.equal(instance, `urn:uuid:${requestId}`, what);
};

/** Fails if the operation's row does not say that it may answer so. The gateway may always refuse. */
const assertInContract = ({ status, text }: Response, method: string, path: string): void => {
  const template = path.replace(/\?.*/, '').replace(/^(\/items\/)[^/]+$/, '$1{id}');
  const row = operations.find((operation: Operation) => operation.method === method && operation.path === template);
  if (!row) return;
  const always = Object.entries<Problem>(problems).filter(
    ([slug, { gatewayResponses }]) => gatewayResponses || slug === 'store-unavailable',
  );
  const slugs = [...row.problems, ...always.map(([slug]) => slug as ProblemSlug)];
  const allowed =
    status < 400
      ? row.success.some((known) => known === status)
      : slugs.some((slug) => text.includes(`"${problemType(slug)}"`));
  assert.ok(allowed, `${row.name} may not answer ${status} ${text}`);
};
