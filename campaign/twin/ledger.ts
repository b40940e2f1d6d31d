import { json, type Response, summary } from '../ground/client.ts';

/** A write of an item. */
export type Write =
  | { readonly kind: 'create' | 'update'; readonly content: string }
  | { readonly kind: 'delete'; readonly content?: undefined };

/** A possible state of an item; undefined if the item does not exist. */
export type State = { readonly content: string; readonly version: number } | undefined;

/** The possible states of each item, according to the responses to its writes. */
export interface Ledger {
  /** Number of writes that were acknowledged as applied. */
  readonly acknowledged: number;
  /**
   * Records the response to a write. Returns why the response is wrong, or undefined. Writes of an item must be consecutive.
   * `expected` lists statuses, besides those of the API and 503, after which a write may or may not have been applied.
   */
  record(id: string, write: Write, response: Response, expected?: readonly number[]): string | undefined;
  /** Returns the possible states of an item. */
  possible(id: string): readonly State[];
  /**
   * Compares the items that a twin serves with the responses. Returns what is lost, what is undone, and what is served without
   * ever having been written.
   */
  compare(served: ReadonlyMap<string, State>): string[];
}

export const createLedger = (): Ledger => {
  const items = new Map<string, readonly State[]>();
  let acknowledged = 0;
  const possible = (id: string): readonly State[] => items.get(id) ?? [undefined];
  return {
    get acknowledged() {
      return acknowledged;
    },
    possible,
    record(id, write, response, expected = []) {
      const { status } = response;
      const before = possible(id);
      if (status === undefined || expected.includes(status) || (status === 503 && admitsWrite(response))) {
        items.set(id, distinct([...before, ...applied(before, write)]));
        return undefined;
      }
      if (status === 503) return undefined;
      const isSuccess = status === successOf[write.kind];
      const isDenial = status === (write.kind === 'create' ? 409 : 404);
      if (!isSuccess && !isDenial) return `${write.kind}: unexpected ${summary(response)}`;
      const { content, version } = json(response);
      const after = isSuccess
        ? applied(before, write).filter((state) => !state || (state.content === content && state.version === version))
        : before.filter((state) => !accepts(state, write));
      if (after.length === 0)
        return `${write.kind}: ${summary(response)}, but ${item(id)} was ${before.map(text).join(' or ')}`;
      items.set(id, distinct(after));
      if (isSuccess) acknowledged++;
      return undefined;
    },
    compare(served) {
      const unknown = [...served.keys()].filter((id) => !items.has(id));
      const differing = [...items].flatMap(([id, states]) => {
        const found = served.get(id);
        if (states.some((state) => text(state) === text(found))) return [];
        return [`${item(id)} is ${text(found)} instead of ${states.map(text).join(' or ')}`];
      });
      return [...differing, ...unknown.map((id) => `${item(id)} was never written`)];
    },
  };
};

const successOf: Readonly<Record<Write['kind'], number>> = { create: 201, update: 200, delete: 204 };

/** Returns true if the response says that the write may or may not have been applied. No other 503 does (docs/reliability.md). */
const admitsWrite = (response: Response): boolean => /may or may not have been applied/.test(String(json(response).detail));

const accepts = (state: State, { kind }: Write): boolean => (state === undefined) === (kind === 'create');

/** Returns the states after a write that was applied. */
const applied = (states: readonly State[], write: Write): State[] =>
  states
    .filter((state) => accepts(state, write))
    .map((state) => (write.kind === 'delete' ? undefined : { content: write.content, version: (state?.version ?? 0) + 1 }));

const distinct = (states: readonly State[]): State[] => [...new Map(states.map((state) => [text(state), state])).values()];

const item = (id: string): string => `item ${id}`;

const text = (state: State): string => (state === undefined ? 'absent' : `${state.content} (version ${state.version})`);
