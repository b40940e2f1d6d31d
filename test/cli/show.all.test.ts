import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  DescribeTableCommand,
  DynamoDBClient,
  ListTablesCommand,
  PutItemCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDynalite } from '../../src/twin/dynamodb/dynalite-process.ts';
import { urlOf } from '../../src/twin/dynamodb/upstream.ts';
import { noSignals } from '../windows.ts';
import { endAfterEach, items, program, template, withTemplate } from './running.ts';

endAfterEach();

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'items-show-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const events = `  Events:
    Type: AWS::DynamoDB::Table
    Properties:
      TableName: events
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{ AttributeName: user, AttributeType: N }, { AttributeName: at, AttributeType: S }]
      KeySchema: [{ AttributeName: user, KeyType: HASH }, { AttributeName: at, KeyType: RANGE }]
  Role:
`;

const show = async (data: string, ...args: string[]) => {
  const { code, stdout, stderr } = await items('show', '--data', data, ...args).end();
  return { code, stdout, stderr };
};

/** A client with what the line of --expose-dynamodb sets. */
const client = (line: string): DynamoDBClient => {
  const variables = Object.fromEntries(
    line
      .replace('export ', '')
      .split(' ')
      .map((pair) => pair.split(/=(.*)/s)),
  );
  return new DynamoDBClient({
    endpoint: variables.AWS_ENDPOINT_URL_DYNAMODB ?? '',
    region: variables.AWS_REGION ?? '',
    credentials: {
      accessKeyId: variables.AWS_ACCESS_KEY_ID ?? '',
      secretAccessKey: variables.AWS_SECRET_ACCESS_KEY ?? '',
    },
  });
};

const long = '12345678901234567890123456789012345678';

describe.skipIf(noSignals)('items show and --expose-dynamodb (need signals)', () => {
  it('show and change the tables of a twin while it runs, and show them after it', async () => {
    await withTemplate(
      (text) => text.replace('  Role:\n', events),
      async (file) => {
        const data = join(folder, 'data');
        const run = items('local', '--template', file, '--port', '0', '--data', data, '--expose-dynamodb');
        const dynamodb = client(await run.line(/^export AWS_ENDPOINT_URL_DYNAMODB=/));
        const { TableNames: names = [] } = await dynamodb.send(new ListTablesCommand({}));
        expect(names).toEqual(['events', expect.stringMatching(/^items-local-Table-/)]);
        const { Table: table } = await dynamodb.send(new DescribeTableCommand({ TableName: 'events' }));
        expect(table?.KeySchema).toHaveLength(2);
        const put = (TableName: string, Item: PutItemCommand['input']['Item']) =>
          dynamodb.send(new PutItemCommand({ TableName, Item }));
        await put(names[1] ?? '', {
          id: { S: 'lamp' },
          n: { N: long },
          tags: { SS: ['a'] },
          bytes: { B: Uint8Array.of(1, 2) },
        });
        for (const at of ['09', '10']) await put('events', { user: { N: '7' }, at: { S: at } });
        await put('events', { user: { N: '8' }, at: { S: '11' } });
        expect((await dynamodb.send(new ScanCommand({ TableName: 'events' }))).Count).toBe(3);
        dynamodb.destroy();

        const expectTables = async () => {
          const width = names[1]?.length ?? 0;
          const list = `${'events'.padEnd(width)}  user (N), at (S)  3 items\n${names[1]}  id (S)  1 item`;
          expect(await show(data)).toEqual({ code: 0, stdout: list, stderr: '' });
          expect((await show(data, 'table')).stdout).toBe(`{"id":"lamp","n":${long},"tags":["a"],"bytes":"AQI="}`);
          expect((await show(data, 'table', 'lamp')).stdout).toMatch(`{\n  "id": "lamp",\n  "n": ${long},\n`);
          expect((await show(data, 'events', '7')).stdout).toBe('{"user":7,"at":"09"}\n{"user":7,"at":"10"}');
          expect((await show(data, 'events', '--limit', '2')).stdout.split('\n')).toHaveLength(2);
          expect(await show(data, 'table', 'chair')).toEqual({
            code: 1,
            stdout: '',
            stderr: `there is no item with the id "chair" in ${names[1]}: items show ${names[1]} lists them\n`,
          });
          expect(await show(data, 'evnts')).toMatchObject({
            code: 1,
            stderr: expect.stringMatching(/^there is no table "evnts"; there are events, /),
          });
        };
        await expectTables();
        // Without its file a twin only has the lock.
        renameSync(join(data, 'twin.json'), join(folder, 'kept.json'));
        expect(await show(data)).toMatchObject({
          code: 1,
          stderr: expect.stringMatching(/ is in use by another process, /),
        });
        renameSync(join(folder, 'kept.json'), join(data, 'twin.json'));
        run.child.kill('SIGKILL');
        await run.end();
        expect(readdirSync(data)).toContain('twin.json');
        await expectTables();

        const again = items('local', '--template', file, '--port', '0', '--data', data);
        await again.line(/^curl /);
        again.child.kill('SIGINT');
        expect(await again.end()).toMatchObject({ code: 0, stderr: '' });
        expect(readdirSync(data)).toEqual(['dynamodb']);
        await promisify(execFile)('/bin/sh', [
          '-c',
          `"$0" "$1" show --data "$2" events | head -n 1`,
          process.execPath,
          program,
          data,
        ]);
      },
    );
  });

  it('do not make a data folder, and name a faulty one', async () => {
    const data = join(folder, 'none');
    expect(await show(data)).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^there are no tables in .*none: .*--data.*--memory/),
    });
    expect(readdirSync(folder)).not.toContain('none');
    writeFileSync(join(folder, 'file'), '');
    expect(await show(join(folder, 'file'))).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^there are no tables in /),
    });
  });

  it('work in front of a database of the user’s, which must be asked with a signature, too', async () => {
    const dynalite = startDynalite({ region: 'us-east-1', accountId: '123456789012', isOpen: true, onFault: () => {} });
    const endpoint = urlOf(await dynalite.address()).href;
    const run = items('local', '--template', template, '--port', '0', '--dynamodb-endpoint', endpoint, '--expose-dynamodb');
    const line = await run.line(/^export AWS_ENDPOINT_URL_DYNAMODB=/);
    const dynamodb = client(line);
    expect((await dynamodb.send(new ListTablesCommand({}))).TableNames).toHaveLength(1);
    dynamodb.destroy();
    const [, exposed = ''] = /DYNAMODB=(\S+)/.exec(line) ?? [];
    const headers = { 'X-Amz-Target': 'DynamoDB_20120810.ListTables' };
    const unsigned = await fetch(exposed, { method: 'POST', headers, body: '{}' });
    expect(unsigned.status).toBe(400);
    expect(await unsigned.text()).toContain('MissingAuthenticationToken');
    run.child.kill('SIGINT');
    expect(await run.end()).toMatchObject({ code: 0, stderr: '' });
    await dynalite.stop();
  });
});
