import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Operation, operations } from '../../src/contract/operations.ts';
import { type Stack, start } from '../../src/twin/index.ts';
import { call } from './dynamodb/client.ts';

/** Every operation on items that DynamoDB has, on the stack's table; each is one that an allowed caller can make. */
const dataPlane = (tableName: string): Readonly<Record<string, object>> => {
  const key = { id: { S: 'matrix' } };
  const statement = { Statement: `SELECT * FROM "${tableName}"` };
  return {
    GetItem: { TableName: tableName, Key: key },
    PutItem: { TableName: tableName, Item: key },
    UpdateItem: { TableName: tableName, Key: key },
    DeleteItem: { TableName: tableName, Key: key },
    Query: {
      TableName: tableName,
      KeyConditionExpression: 'id = :id',
      ExpressionAttributeValues: { ':id': { S: 'matrix' } },
    },
    Scan: { TableName: tableName },
    BatchGetItem: { RequestItems: { [tableName]: { Keys: [key] } } },
    BatchWriteItem: { RequestItems: { [tableName]: [{ PutRequest: { Item: key } }] } },
    // A transaction needs what its parts need: no role has both of these.
    TransactGetItems: {
      TransactItems: [{ Get: { TableName: tableName, Key: key } }, { Get: { TableName: 'x', Key: key } }],
    },
    TransactWriteItems: {
      TransactItems: ['Put', 'Delete'].map((kind) => ({ [kind]: { TableName: tableName, Item: key, Key: key } })),
    },
    ExecuteStatement: statement,
    BatchExecuteStatement: { Statements: [statement] },
    ExecuteTransaction: { TransactStatements: [statement] },
    DescribeTable: { TableName: tableName },
    DeleteTable: { TableName: tableName },
    ListTables: {},
  };
};

/** template.yaml, with functions that tell their environment instead of doing their work. */
const template = readFileSync(new URL('../../template.yaml', import.meta.url), 'utf8').replaceAll(
  /exports\.lambda_handler = createHandler\(/g,
  'exports.lambda_handler = async () => ({ statusCode: 200, body: JSON.stringify(process.env) }); void (',
);

let stack: Stack;
beforeAll(async () => {
  stack = await start(template, { parameters: { AuthorizationType: 'NONE' }, region: 'eu-west-1' });
});
afterAll(() => stack.stop());

/** What the function behind an operation calls DynamoDB with, and the table that it is given. */
const callerOf = async ({ method, path, hasModel }: Operation) => {
  const url = stack.outputs.find(({ key }) => key === 'ApiInvokeUrl')?.value;
  const response = await fetch(`${url}${path.replace('{id}', 'matrix')}`, {
    method,
    ...(hasModel && { body: '{}', headers: { 'Content-Type': 'application/json' } }),
  });
  expect(response.status).toBe(200);
  const env = (await response.json()) as Record<string, string>;
  const credentials = {
    accessKeyId: env.AWS_ACCESS_KEY_ID ?? '',
    secretAccessKey: env.AWS_SECRET_ACCESS_KEY ?? '',
    sessionToken: env.AWS_SESSION_TOKEN ?? '',
  };
  return {
    tableName: env.TABLE_NAME ?? '',
    call: (name: string, input: object) => call(env.AWS_ENDPOINT_URL_DYNAMODB ?? '', name, input, credentials),
  };
};

describe.each<Operation>(operations)('the credentials of $name', (operation) => {
  it('pass for its own action on the table, and for no other', async () => {
    const caller = await callerOf(operation);
    const answers = await Promise.all(
      Object.entries(dataPlane(caller.tableName)).map(async ([name, input]) => {
        const { status, output } = await caller.call(name, input);
        return [name, status === 200 ? 'passes' : String(output.__type).replace(/^.*#/, '')] as const;
      }),
    );
    const expected = Object.keys(dataPlane('')).map((name) => [
      name,
      operation.actions.includes(`dynamodb:${name}`) ? 'passes' : 'AccessDeniedException',
    ]);
    expect(answers).toEqual(expected);
  });

  it('pass for no other table', async () => {
    const caller = await callerOf(operation);
    for (const [name, input] of Object.entries(dataPlane('other'))) {
      const { output } = await caller.call(name, input);
      expect([name, output.__type]).toEqual([name, 'com.amazon.coral.service#AccessDeniedException']);
    }
  });
});
