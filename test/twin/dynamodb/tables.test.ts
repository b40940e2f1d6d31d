import { expect, it } from 'vitest';
import { deleteTable } from '../../../src/twin/dynamodb/tables.ts';
import type { Upstream } from '../../../src/twin/dynamodb/upstream.ts';

it('deleteTable waits until the database no longer has the table', async () => {
  const calls: string[] = [];
  let left = 3;
  const database: Pick<Upstream, 'call'> = {
    call: async (operation) => {
      calls.push(operation);
      return { ok: operation === 'DeleteTable' || left-- > 0, output: {} };
    },
  };
  await deleteTable(database, 'items');
  expect(calls).toEqual(['DeleteTable', ...Array(4).fill('DescribeTable')]);
});
