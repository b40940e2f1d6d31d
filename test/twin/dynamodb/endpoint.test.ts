import { crc32 } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDynamoDb, type DynamoDb } from '../../../src/twin/dynamodb/index.ts';
import { account, call, table } from './client.ts';

let dynamodb: DynamoDb;
beforeAll(async () => {
  dynamodb = await createDynamoDb(account);
  await dynamodb.createTable(table('items'));
});
afterAll(() => dynamodb.stop());

const put = (item: object, more: object = {}) =>
  call(dynamodb.endpoint, 'PutItem', { TableName: 'items', Item: item, ...more });

/** A value inside `count` maps. */
const nested = (count: number, value: object): object => (count === 0 ? value : { M: { a: nested(count - 1, value) } });

describe('the endpoint', () => {
  it('says that it is healthy', async () => {
    const response = await fetch(dynamodb.endpoint);
    const text = await response.text();
    expect(text).toBe('healthy: dynamodb.eu-west-1.amazonaws.com ');
    expect(response.headers.get('x-amz-crc32')).toBe(String(crc32(text)));
  });

  it('passes on requests and answers, with the headers of AWS', async () => {
    await put({ id: { S: 'round' }, n: { N: '12345678901234567890123456789012345678' }, é: { S: '' } });
    const response = await call(dynamodb.endpoint, 'GetItem', { TableName: 'items', Key: { id: { S: 'round' } } });
    expect(response.output).toEqual({
      Item: { id: { S: 'round' }, n: { N: '12345678901234567890123456789012345678' }, é: { S: '' } },
    });
    expect(response.headers.get('x-amzn-requestid')).toMatch(/^[A-Z0-9=]{52}$/);
    expect(response.headers.get('x-amz-crc32')).toBe(String(crc32(JSON.stringify(response.output))));
    expect(response.headers.get('content-type')).toBe('application/x-amz-json-1.0');
  });

  it('rejects an unsigned request', async () => {
    const response = await fetch(dynamodb.endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'DynamoDB_20120810.ListTables' },
      body: '{}',
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({
      __type: 'com.amazon.coral.service#MissingAuthenticationTokenException',
      message: 'Request is missing Authentication Token',
    });
    expect(response.headers.get('x-amzn-requestid')).toMatch(/^[A-Z0-9]{52}$/);
  });

  it('lets one of 50 racing creates win, and shows the winner to the others', async () => {
    const results = await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        put(
          { id: { S: 'race' }, n: { N: String(n) } },
          { ConditionExpression: 'attribute_not_exists(id)', ReturnValuesOnConditionCheckFailure: 'ALL_OLD' },
        ),
      ),
    );
    const winner = results.findIndex(({ status }) => status === 200);
    expect(results.filter(({ status }) => status === 200)).toHaveLength(1);
    for (const { output } of results.toSpliced(winner, 1)) {
      expect(output).toEqual({
        __type: 'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException',
        message: 'The conditional request failed',
        Item: { id: { S: 'race' }, n: { N: String(winner) } },
      });
    }
  });
});

describe('ReturnValuesOnConditionCheckFailure', () => {
  const key = { TableName: 'items', Key: { id: { S: 'old' } } };
  const condition = {
    ConditionExpression: 'v = :v',
    ExpressionAttributeValues: { ':v': { N: '2' } },
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  };
  const old = { id: { S: 'old' }, v: { N: '1' } };
  beforeAll(() => put(old));

  it.each([
    ['PutItem', { TableName: 'items', Item: { id: { S: 'old' } } }],
    ['UpdateItem', { ...key, UpdateExpression: 'SET v = :v' }],
    ['DeleteItem', key],
  ])('ALL_OLD returns the item that %s found', async (operation, input) => {
    const { status, output } = await call(dynamodb.endpoint, operation, { ...input, ...condition });
    expect([status, output.Item]).toEqual([400, old]);
  });

  it('without it, or without an item, there is none', async () => {
    const none = { ...condition, ReturnValuesOnConditionCheckFailure: 'NONE' };
    expect((await call(dynamodb.endpoint, 'DeleteItem', { ...key, ...none })).output).not.toHaveProperty('Item');
    const absent = { TableName: 'items', Key: { id: { S: 'absent' } } };
    const { status, output } = await call(dynamodb.endpoint, 'DeleteItem', { ...absent, ...condition });
    expect(status).toBe(400);
    expect(output).not.toHaveProperty('Item');
  });

  it('rejects another value', async () => {
    const { output } = await call(dynamodb.endpoint, 'DeleteItem', { ...key, ReturnValuesOnConditionCheckFailure: 'NEW' });
    expect(output.message).toMatch(/Member must satisfy enum value set: \[.*ALL_OLD/);
  });
});

describe('documents', () => {
  const message = 'Nesting Levels have exceeded supported limits';

  it.each([
    ['31 maps around a scalar', nested(31, { S: '' }), undefined],
    ['30 maps around an empty map', nested(30, { M: {} }), undefined],
    ['32 maps around a scalar', nested(32, { S: '' }), message],
    ['31 maps around an empty map', nested(31, { M: {} }), message],
    ['31 maps around an empty list', nested(31, { L: [] }), message],
  ])('of %s', async (_name, value, expected) => {
    const { output } = await put({ id: { S: 'deep' }, value });
    if (expected === undefined) expect(output).toEqual({});
    else {
      expect(output.__type).toBe('com.amazon.coral.validate#ValidationException');
      expect(output.message).toContain(message);
    }
  });

  it.each([1000, 3000, 5000, 100_000])('of %i maps, without harm', async (count) => {
    const value = `${'{"M":{"a":'.repeat(count)}{"S":""}${'}}'.repeat(count)}`;
    const { status } = await call(
      dynamodb.endpoint,
      'PutItem',
      `{"TableName":"items","Item":{"id":{"S":"deep"},"v":${value}}}`,
    );
    expect(status).toBe(400);
    expect((await put({ id: { S: 'fine' } })).status).toBe(200);
  });

  it('too deep in an expression or by it', async () => {
    await put({ id: { S: 'deeper' }, a: { M: { b: { M: {} } } } });
    const update = (path: string, value: object) =>
      call(dynamodb.endpoint, 'UpdateItem', {
        TableName: 'items',
        Key: { id: { S: 'deeper' } },
        UpdateExpression: `SET ${path} = :v`,
        ExpressionAttributeValues: { ':v': value },
      });
    expect((await update('c', nested(32, { S: '' }))).output.message).toBe(message);
    expect((await update('a.b', nested(30, { S: '' }))).output).toEqual({});
    expect((await update('a.b', nested(31, { S: '' }))).output.message).toBe(message);
  });

  it('too deep in a batch', async () => {
    const Item = { id: { S: 'batch' }, value: nested(32, { S: '' }) };
    const { output } = await call(dynamodb.endpoint, 'BatchWriteItem', {
      RequestItems: { items: [{ PutRequest: { Item } }] },
    });
    expect(output.message).toContain(message);
  });

  it('with an empty attribute name in a map', async () => {
    const { output } = await put({ id: { S: 'empty' }, list: { L: [{ M: { '': { S: 'x' } } }] } });
    expect(output).toMatchObject({
      __type: 'com.amazon.coral.validate#ValidationException',
      message: 'Empty attribute name',
    });
  });
});

describe('createTable', () => {
  it('keeps what the template says and returns the ARN of an active table', async () => {
    const configuration = table('second');
    expect(await dynamodb.createTable(configuration)).toEqual({
      arn: 'arn:aws:dynamodb:eu-west-1:123456789012:table/second',
    });
    expect(dynamodb.tables.get('second')?.configuration).toEqual(configuration);
    const { output } = await call(dynamodb.endpoint, 'DescribeTable', { TableName: 'second' });
    expect(output.Table).toMatchObject({
      TableStatus: 'ACTIVE',
      TableArn: 'arn:aws:dynamodb:eu-west-1:123456789012:table/second',
    });
    await dynamodb.deleteTable('second');
    expect((await call(dynamodb.endpoint, 'ListTables', {})).output.TableNames).not.toContain('second');
  });

  it('rejects a name that is taken', async () => {
    await expect(dynamodb.createTable(table('items'))).rejects.toMatchObject({ code: 'RESOURCE_FAILED' });
  });

  it('reports what DynamoDB rejects', async () => {
    const { input } = table('wrong');
    const wrong = { ...table('wrong'), input: { ...input, AttributeDefinitions: [] } };
    await expect(dynamodb.createTable(wrong)).rejects.toMatchObject({
      code: 'RESOURCE_FAILED',
      message: expect.stringMatching(/^Table wrong cannot be created: .*/),
    });
  });
});
