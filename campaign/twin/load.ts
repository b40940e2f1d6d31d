import { type Client, json, type Response, summary } from '../ground/client.ts';
import { withBody } from '../operations.ts';
import type { Random } from '../random.ts';
import type { Ledger, State, Write } from './ledger.ts';

/** Clients that write to a twin until they are stopped. */
export interface Load {
  /** Wrong responses, and requests without a response. */
  readonly wrong: readonly string[];
  /** Milliseconds of the slowest response. */
  readonly slowest: number;
  /** Resolves once `count` more writes are acknowledged, or the load has ended. */
  acknowledged(count: number): Promise<void>;
  /** Resolves once there are `count` responses with 503, or the load has ended. */
  unavailable(count: number): Promise<void>;
  /** Stops the clients, and waits for the requests in progress. */
  stop(): Promise<void>;
}

export interface LoadOptions {
  readonly random: Random;
  readonly ledger: Ledger;
  /** Prefix of the ids of all items. */
  readonly prefix: string;
  /** Statuses, besides those of the API, after which a write may or may not have been applied. */
  readonly expected?: readonly number[];
  /** True if the twin is killed: then a request without a response is not a fault. */
  readonly losesRequests?: boolean;
  /** Bytes that each item has in addition to its content. */
  readonly padding?: number;
}

/** With several clients, several requests of each operation wait for the same function. */
const clients = 4;
const itemsPerClient = 10;

/** Starts the load. Each client writes its own items, and ends after a request without a response. */
export const startLoad = (client: Client, options: LoadOptions): Load => {
  const { random, ledger, prefix, expected = [], losesRequests = false, padding } = options;
  const wrong: string[] = [];
  const waiting = new Map<() => void, () => boolean>();
  let slowest = 0;
  let unavailable = 0;
  let stopped = false;
  const wake = (): void => {
    for (const [resume, isReached] of waiting) if (isReached()) resume();
  };
  const until = async (isReached: () => boolean): Promise<void> => {
    const reached = Promise.withResolvers<void>();
    waiting.set(reached.resolve, isReached);
    await Promise.race([reached.promise, running]);
    waiting.delete(reached.resolve);
  };
  const runClient = async (name: string, source: Random): Promise<void> => {
    for (let index = 0; !stopped; index++) {
      const id = `${name}-${source.below(itemsPerClient)}`;
      const write = nextWrite(source, ledger.possible(id), `${name} ${index}`);
      const response = await client.send(requestFor(id, write, padding));
      const why = ledger.record(id, write, response, expected);
      if (why !== undefined) wrong.push(why);
      if (response.status === 503) unavailable++;
      wake();
      if (response.status === undefined) {
        if (!losesRequests) wrong.push(`${write.kind}: no response: ${response.text}`);
        return;
      }
      slowest = Math.max(slowest, response.ms);
    }
  };
  const running = Promise.all(
    Array.from({ length: clients }, (_, index) => runClient(`${prefix}-${index}`, random.fork(`client ${index}`))),
  );
  return {
    wrong,
    get slowest() {
      return slowest;
    },
    acknowledged(count) {
      const least = ledger.acknowledged + count;
      return until(() => ledger.acknowledged >= least);
    },
    unavailable(count) {
      const least = unavailable + count;
      return until(() => unavailable >= least);
    },
    async stop() {
      stopped = true;
      await running;
    },
  };
};

/** Returns the next write. The item usually accepts it; occasionally it does not. */
const nextWrite = (random: Random, states: readonly State[], content: string): Write => {
  const exists = random.pick(states) !== undefined;
  const kind = random.chance(0.1) ? 'create' : exists ? random.pick(['update', 'update', 'delete'] as const) : 'create';
  return kind === 'delete' ? { kind } : { kind, content };
};

export const requestFor = (id: string, { kind, content }: Write, padding = 0) => {
  const body = { content, ...(padding > 0 && { padding: 'x'.repeat(padding) }) };
  switch (kind) {
    case 'create':
      return withBody('POST', '/items', { id, ...body });
    case 'update':
      return withBody('PUT', `/items/${id}`, body);
    case 'delete':
      return { method: 'DELETE', path: `/items/${id}` };
  }
};

/** Reads all items, page by page. Throws for a response other than 200. */
export const readItems = async (client: Client): Promise<Map<string, State>> => {
  const items = new Map<string, State>();
  for (let cursor = ''; ; ) {
    const response = await client.send({ method: 'GET', path: `/items?limit=100${cursor}` });
    if (response.status !== 200) throw new Error(`the items cannot be listed: ${summary(response)}`);
    const page = pageOf(response);
    for (const { id, content, version } of page.items) items.set(id, { content, version });
    if (page.nextCursor === undefined) return items;
    cursor = `&cursor=${encodeURIComponent(page.nextCursor)}`;
  }
};

const pageOf = (response: Response): Page => json(response) as unknown as Page;

interface Page {
  readonly items: readonly (NonNullable<State> & { readonly id: string })[];
  readonly nextCursor?: string;
}
