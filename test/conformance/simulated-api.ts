import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';
import { type Api, createOnce, defaultOrigin, type Options, type Response } from '../../src/conformance/api.ts';
import { idPattern } from '../../src/contract/item.ts';
import { type Problem, type ProblemSlug, problems, problemType } from '../../src/contract/problems.ts';

/** An item as JSON text, so that numbers stay as they were written. */
interface Stored {
  readonly version: number;
  readonly createdAt: string;
  readonly text: string;
}

/** The items by id, in the order in which a Scan reads them: that of hashes, which is no client's to choose. */
export class Table {
  readonly #items: { readonly id: string; readonly hash: string; readonly item: Stored }[] = [];

  get(id: string): Stored | undefined {
    return this.#items.find((entry) => entry.id === id)?.item;
  }

  put(id: string, body: string): Stored {
    const now = new Date().toISOString();
    const { version = 0, createdAt = now } = this.get(id) ?? {};
    const owned = { id, version: version + 1, createdAt, updatedAt: now };
    const attributes = body.replace(/^\{|\}$/g, '');
    const text = `${JSON.stringify(owned).slice(0, -1)}${attributes && ','}${attributes}}`;
    this.delete(id);
    const item = { version: version + 1, createdAt, text };
    this.#items.splice(this.#position(hashOf(id)), 0, { id, hash: hashOf(id), item });
    return item;
  }

  delete(id: string): boolean {
    const index = this.#items.findIndex((entry) => entry.id === id);
    if (index >= 0) this.#items.splice(index, 1);
    return index >= 0;
  }

  /** Items after an id, whether that is there or not, up to the limit, or fewer that DynamoDB reads and a function returns. */
  page(limit: number, after?: string): { readonly texts: string[]; readonly last: string | undefined } {
    const texts: string[] = [];
    let last: string | undefined;
    let read = 0;
    let returned = 0;
    const begin = after === undefined ? 0 : this.#position(`${hashOf(after)} `);
    for (const { id, item } of this.#items.slice(begin)) {
      read += sizeOf(item.text);
      returned += Buffer.byteLength(item.text);
      if (texts.length > 0 && (read > 1_000_000 || returned > 2_800_000)) return { texts, last };
      last = id;
      if (texts.push(item.text) === limit) return { texts, last };
    }
    return { texts, last: undefined };
  }

  /** Where the first item is whose hash is not less than this one. */
  #position(hash: string): number {
    const index = this.#items.findIndex((entry) => entry.hash >= hash);
    return index < 0 ? this.#items.length : index;
  }
}

/** A request to the simulated API. */
export interface Simulated extends Options {
  readonly method: string;
  readonly path: string;
}

/** What happens to a request on its way: others may change the table before it, and its response may be another one. */
export type OnTheWay = (request: Simulated, forward: (request: Simulated) => Response, table: Table) => Response;

/**
 * An API in this process that is right by construction, as cases use it, for what they ask of items without ids of their own.
 * Its ids begin with `name` and are the same each time.
 */
export const simulateApi = (name: string, onTheWay: OnTheWay = (request, forward) => forward(request)): Api => {
  const table = new Table();
  const replays = new Map<string, Response>();
  let created = 0;
  const create = (options: Options): Response => {
    const key = options.headers?.['idempotency-key'] ?? undefined;
    const replay = key === undefined ? undefined : replays.get(key);
    if (replay) return { ...replay, headers: new Headers([...replay.headers, ['idempotency-replayed', 'true']]) };
    const { id = `${name}-${++created}` } = typeof options.body === 'object' ? (options.body as { id?: string }) : {};
    const response = one(table, 'POST', id, options);
    if (key !== undefined && response.status === 201) replays.set(key, response);
    return response;
  };
  const forward = ({ method, path, ...options }: Simulated): Response => {
    const { pathname, searchParams } = new URL(path, 'http://localhost');
    const id = decodeURIComponent(pathname.slice('/items/'.length));
    if (method === 'GET' && id === '') return list(table, searchParams);
    return method === 'POST' ? create(options) : one(table, method, id, options);
  };
  const request: Api['request'] = async (method, path, options = {}) =>
    onTheWay({ method, path, ...options }, forward, table);
  return {
    origin: defaultOrigin,
    otherOrigins: [],
    request,
    async create(attributes = {}) {
      const headers = { 'idempotency-key': randomUUID() };
      const response = await createOnce(request, { headers, body: attributes });
      assert.equal(response.status, 201, response.text);
      return response.json();
    },
    cleanUp: async () => ({ created: 0, deleted: 0, removed: 0, remaining: [] }),
  };
};

const list = (table: Table, parameters: URLSearchParams): Response => {
  const { limit = '25', cursor } = Object.fromEntries(parameters);
  if (!/^[1-9]\d?$|^100$/.test(limit)) return problem('invalid-parameter', 'limit');
  const after = cursor === undefined ? undefined : Buffer.from(cursor, 'base64url').toString();
  if (after !== undefined && !(new RegExp(idPattern).test(after) && cursorOf(after) === cursor)) {
    return problem('invalid-parameter', 'cursor');
  }
  const { texts, last } = table.page(Number(limit), after);
  const next = last === undefined ? '' : `,"nextCursor":"${cursorOf(last)}"`;
  return response(200, `{"items":[${texts}]${next}}`);
};

const one = (table: Table, method: string, id: string, { headers, body = '' }: Options): Response => {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const stored = table.get(id);
  if (sizeOf(text) > 400 * 1024) return problem('item-too-large', 'large');
  if (method === 'POST') return stored ? problem('id-taken', id) : answer(201, table.put(id, text));
  if (!stored) return problem('item-not-found', id);
  const match = headers?.['if-match'] ?? undefined;
  if (match !== undefined && match !== tagOf(stored)) return problem('precondition-failed', `version ${stored.version}`);
  if (method === 'GET') return answer(200, stored);
  if (method === 'PUT') return answer(200, table.put(id, text));
  assert.equal(method, 'DELETE');
  table.delete(id);
  return response(204, '');
};

/** Bytes of an item in DynamoDB, but for its structure: JSON may write a character in six. */
const sizeOf = (text: string): number => Buffer.byteLength(text.replaceAll(/\\u[0-9a-f]{4}/g, ' '));

const hashOf = (id: string): string => createHash('sha256').update(id).digest('hex');

const cursorOf = (id: string): string => Buffer.from(id).toString('base64url');

const tagOf = ({ version }: Stored): string => `"${version}"`;

const answer = (status: number, item: Stored): Response => response(status, item.text, { etag: tagOf(item) });

export const problem = (slug: ProblemSlug, detail: string): Response => {
  const { status = 500 }: Problem = problems[slug];
  return response(status, JSON.stringify({ type: problemType(slug), detail }));
};

const response = (status: number, text: string, headers: Record<string, string> = {}): Response => ({
  status,
  text,
  headers: new Headers(headers),
  json: () => JSON.parse(text),
});
