import { expect, it } from 'vitest';
import type { Response } from '../../campaign/ground/client.ts';
import { createLedger, type State } from '../../campaign/twin/ledger.ts';

const response = (status: number | undefined, body: object = {}): Response => ({
  status,
  headers: {},
  text: JSON.stringify(body),
  ms: 1,
});
const unsure = response(503, { detail: 'The write may or may not have been applied. Read the item before retrying.' });
const a = { kind: 'create', content: 'a' } as const;
const b = { kind: 'update', content: 'b' } as const;
const remove = { kind: 'delete' } as const;

/** A ledger in which the item x has the content a. */
const withItem = () => {
  const ledger = createLedger();
  expect(ledger.record('x', a, response(201, { content: 'a', version: 1 }))).toBeUndefined();
  return ledger;
};
const serving = (state?: State) => new Map(state ? [['x', state]] : []);

it('finds an acknowledged write that is lost, undone, or applied twice', () => {
  const ledger = withItem();
  expect(ledger.compare(serving({ content: 'a', version: 1 }))).toEqual([]);
  expect(ledger.compare(serving())).toEqual(['item x is absent instead of a (version 1)']);
  ledger.record('x', b, response(200, { content: 'b', version: 2 }));
  expect(ledger.compare(serving({ content: 'a', version: 1 }))).toEqual([
    'item x is a (version 1) instead of b (version 2)',
  ]);
  expect(ledger.compare(serving({ content: 'b', version: 3 }))).toEqual([
    'item x is b (version 3) instead of b (version 2)',
  ]);
  ledger.record('x', remove, response(204));
  expect(ledger.compare(serving({ content: 'b', version: 2 }))).toEqual(['item x is b (version 2) instead of absent']);
  expect(ledger.acknowledged).toBe(3);
});

it('finds an item that nobody wrote', () => {
  expect(createLedger().compare(serving({ content: 'a', version: 1 }))).toEqual(['item x was never written']);
});

it.each([
  ['no response', response(undefined), []],
  ['a 503 that admits it', unsure, []],
  ['a status that is expected', response(502), [502]],
])('allows both outcomes after %s, and no other one', (_name, uncertain, expected) => {
  const ledger = withItem();
  expect(ledger.record('x', b, uncertain, expected)).toBeUndefined();
  expect(ledger.compare(serving({ content: 'a', version: 1 }))).toEqual([]);
  expect(ledger.compare(serving({ content: 'b', version: 2 }))).toEqual([]);
  expect(ledger.compare(serving())).toEqual(['item x is absent instead of a (version 1) or b (version 2)']);
});

it('takes a 503 that does not admit a write for one that was not applied', () => {
  const ledger = withItem();
  ledger.record('x', b, response(503, { detail: 'Try again later.' }));
  expect(ledger.compare(serving({ content: 'b', version: 2 }))).toEqual([
    'item x is b (version 2) instead of a (version 1)',
  ]);
});

it('learns from a later response which outcome it was', () => {
  const ledger = withItem();
  ledger.record('x', remove, unsure);
  expect(ledger.record('x', a, response(409))).toBeUndefined();
  expect(ledger.possible('x')).toEqual([{ content: 'a', version: 1 }]);
});

it.each([
  ['a 404 for an item that is there', b, response(404), /^update: 404 .*but item x was a \(version 1\)$/],
  ['a 201 for an item that is there', a, response(201, { content: 'a', version: 1 }), /^create: 201/],
  ['another content', b, response(200, { content: 'a', version: 2 }), /^update: 200/],
  ['another version', b, response(200, { content: 'b', version: 3 }), /^update: 200/],
  ['a 500', b, response(500), /^update: unexpected 500/],
])('finds that a response is wrong: %s', (_name, write, wrong, reason) => {
  expect(withItem().record('x', write, wrong)).toMatch(reason);
});
