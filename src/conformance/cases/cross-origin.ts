import assert from 'node:assert/strict';
import { operations } from '../../contract/operations.ts';
import type { Case } from '../case.ts';

const names = (header: string | null): string[] => (header ?? '').split(/\s*,\s*/).sort();
const methodsOf = (path: string): string[] =>
  [...operations.filter((operation) => operation.path === path).map(({ method }) => method), 'OPTIONS'].sort();

/** Cross-origin requests; that every answer allows the caller is checked for every request of every case. */
export const crossOrigin: readonly Case[] = [
  ...((['/items', '/items/{id}'] as const).map((path) => ({
    name: `OPTIONS ${path} answers a preflight`,
    async run(api) {
      const headers = { 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' };
      const response = await api.request('OPTIONS', path.replace('{id}', 'any'), { headers });
      assert.equal(response.status, 204);
      assert.deepEqual(names(response.headers.get('access-control-allow-methods')), methodsOf(path));
      const allowed = names(response.headers.get('access-control-allow-headers')?.toLowerCase() ?? '');
      for (const operation of operations) {
        for (const header of 'headers' in operation ? operation.headers : [])
          assert.ok(allowed.includes(header.toLowerCase()), header);
      }
      for (const header of ['content-type', 'authorization', 'x-api-key', 'x-amz-date', 'x-amz-security-token']) {
        assert.ok(allowed.includes(header), header);
      }
      assert.ok(Number(response.headers.get('access-control-max-age')) >= 600);
    },
  })) satisfies Case[]),
  {
    name: 'shows the page what it may read',
    async run(api) {
      const { id } = await api.create();
      for (const path of [`/items/${id}`, '/items/missing', '/nowhere']) {
        const exposed = names((await api.request('GET', path)).headers.get('access-control-expose-headers'));
        for (const header of ['ETag', 'Location', 'Idempotency-Replayed', 'Retry-After']) {
          assert.ok(exposed.includes(header) || exposed.includes('*'), `${path}: ${header}`);
        }
      }
    },
  },
];
