import fc from 'fast-check';
import { expect, describe as group, it } from 'vitest';
import { describe, type ItemOperation, itemModel } from '../../campaign/history/item-model.ts';
import { check } from '../../campaign/history/linearizability.ts';
import { createRandom, type Random } from '../../campaign/random.ts';
import { times } from '../property-runs.ts';

type Part = Partial<ItemOperation> & Pick<ItemOperation, 'kind'>;

/** Successful operations one after the other, unless the parts have other properties. */
const history = (...parts: readonly Part[]): ItemOperation[] =>
  parts.map((part, index) => ({
    client: 'c',
    status: { create: 201, read: 200, update: 200, delete: 204 }[part.kind],
    invoked: 2 * index,
    returned: 2 * index + 1,
    ...part,
  }));
const isLinearizable = (operations: readonly ItemOperation[]): boolean | undefined =>
  check(operations, itemModel).linearizable;

const write = (content: string, version: number) => ({ content, returnedItem: { content, version } });
const read = (content: string, version: number): Part => ({ kind: 'read', returnedItem: { content, version } });
const unknown = { status: undefined, returned: undefined };

group('a history is linearizable', () => {
  it('if its operations came one after the other', () => {
    const operations = history(
      { kind: 'read', status: 404 },
      { kind: 'create', ...write('a', 1) },
      { kind: 'create', content: 'b', status: 409 },
      { kind: 'update', ifMatch: 'x', content: 'c', status: 412 },
      { kind: 'update', ifMatch: 'a', ...write('d', 2) },
      read('d', 2),
      { kind: 'delete', ifMatch: 'a', status: 412 },
      { kind: 'delete' },
      { kind: 'delete', status: 404 },
      { kind: 'create', ...write('e', 1) },
      read('e', 1),
    );
    expect(isLinearizable(operations)).toBe(true);
    expect(check(operations, itemModel).explained).toEqual(operations);
  });

  it('if concurrent operations have a valid order', () => {
    const operations = history(
      { kind: 'create', ...write('a', 1), invoked: 0, returned: 1 },
      { kind: 'update', ...write('b', 3), invoked: 2, returned: 9 },
      { kind: 'update', ...write('c', 2), invoked: 3, returned: 8 },
      { kind: 'read', returnedItem: { content: 'c', version: 2 }, invoked: 4, returned: 7 },
      { ...read('b', 3), invoked: 10, returned: 11 },
    );
    expect(isLinearizable(operations)).toBe(true);
  });

  it('if operations with an unknown outcome took effect, or not, or late', () => {
    const created: Part = { kind: 'create', ...write('a', 1) };
    const lost: Part = { kind: 'update', content: 'b', ...unknown };
    expect(isLinearizable(history(created, lost, read('a', 1)))).toBe(true);
    expect(isLinearizable(history(created, lost, read('b', 2)))).toBe(true);
    expect(isLinearizable(history(created, lost, read('a', 1), read('b', 2)))).toBe(true);
    expect(isLinearizable(history(created, lost, read('b', 2), read('a', 1)))).toBe(false);
  });
});

group('the check finds a planted error:', () => {
  const created: Part = { kind: 'create', ...write('a', 1) };
  it.each<[string, readonly Part[]]>([
    ['a lost update', [created, { kind: 'update', ...write('b', 2) }, { kind: 'update', ifMatch: 'a', ...write('c', 2) }]],
    ['a vanished update', [created, { kind: 'update', ...write('b', 2) }, read('a', 1)]],
    ['a stale read', [created, { kind: 'update', ...write('b', 2) }, read('a', 1), read('b', 2)]],
    ['a resurrected item', [created, { kind: 'delete' }, read('a', 1)]],
    ['an item that was created twice', [created, { kind: 'create', ...write('b', 1) }]],
    ['an item that was deleted twice', [created, { kind: 'delete' }, { kind: 'delete' }]],
    ['an update that was applied twice', [created, { kind: 'update', ...write('b', 3) }]],
    ['a denied update', [created, { kind: 'update', content: 'b', status: 412 }, read('b', 2)]],
    ['a condition that did not hold', [created, { kind: 'update', ifMatch: 'x', ...write('b', 2) }]],
    ['a denied deletion', [created, { kind: 'delete', status: 404 }, { kind: 'read', status: 404 }]],
    ['an response that is none of the operation’s', [created, { kind: 'read', status: 418 }]],
    ['content that nobody wrote', [created, read('x', 1)]],
  ])('%s', (_name, parts) => {
    expect(isLinearizable(history(...parts))).toBe(false);
  });

  it('a retried update that undoes the work of another client', () => {
    // Ours is returnedItem when theirs has long been, and theirs shows that ours had been applied before.
    const operations = history(
      created,
      { kind: 'update', ...write('ours', 4), invoked: 2, returned: 6 },
      { kind: 'update', ...write('theirs', 3), invoked: 3, returned: 5 },
      { ...read('ours', 4), invoked: 7, returned: 8 },
    );
    expect(isLinearizable(operations)).toBe(false);
  });

  it('a retried deletion that undoes the work of another client', () => {
    const operations = history(
      created,
      { kind: 'delete', invoked: 2, returned: 6 },
      { kind: 'create', ...write('theirs', 1), invoked: 3, returned: 5 },
      { kind: 'read', status: 404, invoked: 7, returned: 8 },
    );
    expect(isLinearizable(operations)).toBe(false);
  });
});

it('the check returns no verdict at its limit', () => {
  const operations = history({ kind: 'create', ...write('a', 1) }, read('b', 2));
  expect(check(operations, itemModel, 1).linearizable).toBeUndefined();
});

it('a history has a description in one line', () => {
  const operations = history({ kind: 'update', ifMatch: 'a', ...write('b', 2) }, { kind: 'delete', ...unknown });
  expect(describe(operations)).toBe('c [0-1] update b if a: 200 b (version 2); c [2-?] delete: unknown');
});

/** Runs concurrent clients on a store. Each operation takes effect at one moment between its invocation and its response. */
const simulate = (random: Random, store: (operation: Part) => Part, count: number): ItemOperation[] => {
  const waiting: { readonly part: Part; readonly invoked: number }[] = [];
  const done: { readonly part: Part; readonly invoked: number }[] = [];
  const operations: ItemOperation[] = [];
  let clock = 0;
  let begun = 0;
  const seen: string[] = [];
  while (operations.length < count) {
    const choice = random.below(3);
    if (choice === 0 && begun < count && waiting.length + done.length < 6) {
      const kind = random.pick(['create', 'read', 'update', 'update', 'delete'] as const);
      const ifMatch =
        seen.length > 0 && kind !== 'create' && kind !== 'read' && random.chance(0.5) ? random.pick(seen) : undefined;
      const content = kind === 'create' || kind === 'update' ? `w${begun}` : undefined;
      const part = { kind, ...(content && { content }), ...(ifMatch && { ifMatch }) };
      waiting.push({ part, invoked: ++clock });
      begun++;
    } else if (choice === 1 && waiting.length > 0) {
      const [{ part, invoked } = { part: { kind: 'read' as const }, invoked: 0 }] = waiting.splice(
        random.below(waiting.length),
        1,
      );
      done.push({ part: { ...part, ...store(part) }, invoked });
    } else if (choice === 2 && done.length > 0) {
      const [{ part, invoked } = { part: { kind: 'read' as const }, invoked: 0 }] = done.splice(
        random.below(done.length),
        1,
      );
      if (part.returnedItem) seen.push(part.returnedItem.content);
      operations.push({ client: 'c', status: 200, ...part, invoked, returned: ++clock });
    }
  }
  return operations;
};

/** A store of one item. If `isStale`, it checks conditions against the state before the last change. */
const createStore = (isStale = false) => {
  let item: { content: string; version: number } | undefined;
  let before = item;
  return ({ kind, content = '', ifMatch }: Part): Part => {
    const judged = isStale ? before : item;
    if (kind === 'create') {
      if (item) return { kind, status: 409 };
      before = item;
      item = { content, version: 1 };
      return { kind, status: 201, returnedItem: item };
    }
    if (!item) return { kind, status: 404 };
    if (kind === 'read') return { kind, status: 200, returnedItem: item };
    if (ifMatch !== undefined && judged?.content !== ifMatch) return { kind, status: 412 };
    before = item;
    item = kind === 'delete' ? undefined : { content, version: item.version + 1 };
    return item ? { kind, status: 200, returnedItem: item } : { kind, status: 204 };
  };
};

it('every history of an atomic store is linearizable', () => {
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      expect(isLinearizable(simulate(createRandom(seed), createStore(), 40))).toBe(true);
    }),
    times(4),
  );
});

it('so is one in which some outcomes are unknown', () => {
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      const random = createRandom(seed);
      const operations = simulate(random, createStore(), 40).map((operation) => {
        if (operation.kind === 'read' || !random.chance(0.15)) return operation;
        const { returnedItem: _answered, ...rest } = operation;
        return { ...rest, ...unknown };
      });
      expect(isLinearizable(operations)).toBe(true);
    }),
    times(2),
  );
});

it('most histories of a store that loses updates are not linearizable', () => {
  const seeds = Array.from({ length: 40 }, (_, seed) => seed);
  const wrong = seeds.filter((seed) => !isLinearizable(simulate(createRandom(seed), createStore(true), 60)));
  expect(wrong.length).toBeGreaterThan(20);
});
