import { join } from 'node:path';
import { expect, it } from 'vitest';
import { eventOf } from '../../bench/events.ts';
import { writeFunctions } from '../../bench/functions.ts';
import { startEnvironment } from '../../bench/runtime/environment.ts';
import { fill, idOf, startTable } from '../../bench/table.ts';
import { inFolder } from '../../bench/temporary.ts';

it('fills a table with what CreateItem stores, in as many bytes', () =>
  inFolder(async (folder) => {
    const table = await startTable();
    try {
      await fill(table, 0, 1);
      const { CreateItem } = writeFunctions('template.yaml', 'index.js', folder);
      const environment = startEnvironment({
        command: [process.execPath, join(import.meta.dirname, '../../bench/runtime/node.mjs')],
        variables: {
          _HANDLER: 'index.js#lambda_handler',
          LAMBDA_TASK_ROOT: CreateItem.folder,
          TABLE_NAME: table.name,
          AWS_REGION: table.region,
          AWS_ACCESS_KEY_ID: 'test',
          AWS_SECRET_ACCESS_KEY: 'test',
          AWS_ENDPOINT_URL_DYNAMODB: table.url.href,
        },
      });
      try {
        expect((await environment.invoke(eventOf('CreateItem', 'item-1'))).result.statusCode).toBe(201);
      } finally {
        await environment.stop();
      }
      const stored = async (number: number): Promise<object> => {
        const { output } = await table.upstream.call('GetItem', { TableName: table.name, Key: { id: { S: idOf(number) } } });
        return (output as { Item: object }).Item;
      };
      const [filled, created] = [await stored(0), await stored(1)];
      expect(Object.keys(filled).toSorted()).toEqual(Object.keys(created).toSorted());
      expect(JSON.stringify(filled).length).toBe(JSON.stringify(created).length);
      const own = { id: null, createdAt: null, updatedAt: null, writeId: null, createId: null };
      expect({ ...filled, ...own }).toEqual({ ...created, ...own });
    } finally {
      await table.stop();
    }
  }));
