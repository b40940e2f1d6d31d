import assert from 'node:assert/strict';
import { assertProblem } from '../../../src/conformance/api.ts';
import { type Case, tagOf, unique } from '../../../src/conformance/case.ts';

/** PATCH /items/{id}. */
export const patch: readonly Case[] = [
  {
    name: 'changes the attributes that the body names and no others',
    async run(api) {
      const { updatedAt, ...item } = await api.create({ name: 'Lamp', price: 1, region: 'DE' });
      const path = `/items/${item.id}`;
      const headers = { 'if-match': tagOf(await api.request('GET', path)) };
      const response = await api.request('PATCH', path, { headers, body: { price: 2, region: 'CI', '#': null } });
      assert.equal(response.status, 200, response.text);
      const changed = { ...item, version: 2, price: 2, region: 'CI', '#': null };
      assert.deepEqual({ ...changed, updatedAt: response.json().updatedAt }, response.json());
      assert.equal((await api.request('GET', path)).text, response.text);
      assertProblem(await api.request('PATCH', path, { headers, body: { price: 3 } }), 'precondition-failed');
    },
  },
  {
    name: 'answers 400 for a region that there is not',
    async run(api) {
      const { id } = await api.create();
      for (const region of ['QQ', 'toString', 7]) {
        const response = await api.request('PATCH', `/items/${id}`, { body: { region } });
        assert.match(assertProblem(response, 'invalid-item').detail, /^region must be/);
      }
    },
  },
  {
    name: 'answers 404 for an id that is not there',
    async run(api) {
      const path = `/items/${unique('missing')}`;
      assertProblem(await api.request('PATCH', path, { body: {} }), 'item-not-found');
    },
  },
  {
    name: 'is not the only one to check: POST answers 400 for a discount that is no number',
    async run(api) {
      const response = await api.request('POST', '/items', { body: { discount: 'much' } });
      assert.match(assertProblem(response, 'invalid-item').detail, /^discount must be/);
      assert.equal((await api.create({ discount: 5 })).discount, 5);
    },
  },
];
