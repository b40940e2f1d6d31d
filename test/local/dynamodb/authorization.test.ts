import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDynamoDb, type DynamoDb } from '../../../src/local/dynamodb/index.ts';
import { accessesOf, tableNameOf, withTableNames } from '../../../src/local/dynamodb/input.ts';
import { user } from '../../../src/local/iam/identity.ts';
import type { PolicyStatement } from '../../../src/local/iam/policy-document.ts';
import type { JsonObject } from '../../../src/local/json.ts';
import { account, call, table } from './client.ts';

const prefix = 'arn:aws:dynamodb:eu-west-1:123456789012:table/';
let dynamodb: DynamoDb;
beforeAll(async () => {
  dynamodb = await createDynamoDb(account);
  await dynamodb.createTable(table('items'));
});
afterAll(() => dynamodb.stop());

/** Credentials of a user who may do what the statement says. */
const allowed = (statement: Partial<PolicyStatement>) =>
  account.iam.credentials.issueLongTerm(
    user({ ...account, partition: 'aws' }, 'somebody', {
      Version: '2012-10-17',
      Statement: { Effect: 'Allow', Action: 'dynamodb:*', Resource: '*', ...statement },
    }),
  );

const get = { TableName: 'items', Key: { id: { S: 'none' } } };

describe('a signature', () => {
  const good = allowed({});

  it.each([
    [
      'an unknown key',
      { ...good, accessKeyId: 'AKIAUNKNOWNUNKNOWNUN' },
      'UnrecognizedClientException',
      /security token .* invalid/,
    ],
    ['another secret', { ...good, secretAccessKey: 'forged' }, 'InvalidSignatureException', /does not match the signature/],
    ['a token that its key does not have', { ...good, sessionToken: 'x' }, 'UnrecognizedClientException', /security token/],
  ])('with %s is refused', async (_what, credentials, type, message) => {
    const { status, output } = await call(dynamodb.endpoint, 'GetItem', get, credentials);
    expect([status, output.__type]).toEqual([400, `com.amazon.coral.service#${type}`]);
    expect(output.message).toMatch(message);
  });

  it('with a key that was revoked is refused', async () => {
    const credentials = allowed({});
    expect((await call(dynamodb.endpoint, 'GetItem', get, credentials)).status).toBe(200);
    account.iam.credentials.revoke(credentials.accessKeyId);
    expect((await call(dynamodb.endpoint, 'GetItem', get, credentials)).output.__type).toMatch(/UnrecognizedClient/);
  });

  it.each([
    ['no signature at all', 'Basic abc', 'IncompleteSignatureException'],
    [
      'no date',
      'AWS4-HMAC-SHA256 Credential=a/20260101/eu-west-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
      'IncompleteSignatureException',
    ],
  ])('that is %s is refused', async (_what, authorization, type) => {
    const response = await fetch(dynamodb.endpoint, { method: 'POST', headers: { authorization }, body: '{}' });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ __type: `com.amazon.coral.service#${type}` });
  });
});

describe('an identity', () => {
  it('may do what its policies allow, and is told what not', async () => {
    const reader = allowed({ Action: 'dynamodb:GetItem', Resource: `${prefix}items` });
    expect((await call(dynamodb.endpoint, 'GetItem', get, reader)).status).toBe(200);
    const { status, output } = await call(dynamodb.endpoint, 'DeleteItem', get, reader);
    expect([status, output]).toEqual([
      400,
      {
        __type: 'com.amazon.coral.service#AccessDeniedException',
        Message: `User: arn:aws:iam::123456789012:user/somebody is not authorized to perform: dynamodb:DeleteItem on resource: ${prefix}items because no identity-based policy allows the dynamodb:DeleteItem action`,
      },
    ]);
    expect((await call(dynamodb.endpoint, 'GetItem', { ...get, TableName: 'secrets' }, reader)).output.Message).toMatch(
      /on resource: .*table\/secrets because/,
    );
  });

  it('learns nothing of tables that it may not use', async () => {
    const nobody = allowed({ Resource: `${prefix}other` });
    for (const operation of ['DescribeTable', 'DescribeContinuousBackups', 'DeleteTable'])
      expect((await call(dynamodb.endpoint, operation, { TableName: 'items' }, nobody)).output.__type).toMatch(
        /AccessDenied/,
      );
    expect((await call(dynamodb.endpoint, 'ListTables', {}, nobody)).output.__type).toMatch(/AccessDenied/);
  });

  it('may name a table by its ARN, in its own account and region', async () => {
    const byArn = async (arn: string) => (await call(dynamodb.endpoint, 'GetItem', { ...get, TableName: arn })).output;
    expect(await byArn(`${prefix}items`)).toEqual({});
    expect((await byArn(`${prefix.replace('123456789012', '210987654321')}items`)).Message).toMatch(
      /because no resource-based policy allows the dynamodb:GetItem action/,
    );
    expect((await byArn(`${prefix.replace('eu-west-1', 'us-east-1')}items`)).__type).toMatch(/ResourceNotFoundException/);
  });
});

describe('IAM is asked about', () => {
  it.each<[string, JsonObject, string[]]>([
    ['PutItem', { TableName: 'a' }, ['PutItem a']],
    ['Query', { TableName: 'a', IndexName: 'i' }, ['Query a/index/i']],
    ['Scan', { TableName: 'a' }, ['Scan a']],
    ['BatchGetItem', { RequestItems: { a: {}, b: {} } }, ['BatchGetItem a', 'BatchGetItem b']],
    ['BatchWriteItem', { RequestItems: { [`${prefix}a`]: [] } }, ['BatchWriteItem a']],
    ['TransactGetItems', { TransactItems: [{ Get: { TableName: 'a' } }] }, ['GetItem a']],
    [
      'TransactWriteItems',
      {
        TransactItems: [{ Put: { TableName: 'a' } }, { ConditionCheck: { TableName: 'b' } }, { Update: { TableName: 'c' } }],
      },
      ['PutItem a', 'ConditionCheckItem b', 'UpdateItem c'],
    ],
    ['ExecuteStatement', { Statement: 'SELECT * FROM "a"."i" WHERE x = 1' }, ['PartiQLSelect a/index/i']],
    ['ExecuteTransaction', { TransactStatements: [{ Statement: "INSERT INTO a VALUE {'x': 1}" }] }, ['PartiQLInsert a']],
    ['BatchExecuteStatement', { Statements: [{ Statement: 'nonsense' }] }, ['PartiQLNonsense *']],
    ['ListTables', {}, ['ListTables *']],
    ['ListTagsOfResource', { ResourceArn: `${prefix}a` }, ['ListTagsOfResource a']],
  ])('%s of %j', (operation, input, expected) => {
    const accesses = accessesOf(operation, input, prefix);
    expect(accesses.map(({ action, resource }) => `${action} ${resource}`)).toEqual(
      expected.map((text) => `dynamodb:${text.replace(' ', ` ${prefix}`)}`),
    );
  });

  it('the same tables, whether they are named or given by ARN', () => {
    const operation = fc.constantFrom('PutItem', 'Query', 'BatchGetItem', 'TransactWriteItems');
    fc.assert(
      fc.property(operation, fc.stringMatching(/^[\w.-]{3,20}$/), (name, tableName) => {
        const input = (given: string): JsonObject => ({
          TableName: given,
          RequestItems: { [given]: {} },
          TransactItems: [{ Put: { TableName: given } }],
        });
        expect(accessesOf(name, input(prefix + tableName), prefix)).toEqual(accessesOf(name, input(tableName), prefix));
        expect(accessesOf(name, withTableNames(name, input(prefix + tableName)), prefix)).toEqual(
          accessesOf(name, input(tableName), prefix),
        );
        expect(tableNameOf(prefix + tableName)).toBe(tableName);
      }),
    );
  });
});

describe('properties of a table', () => {
  it('can be read back', async () => {
    const describe = async (operation: string) => (await call(dynamodb.endpoint, operation, { TableName: 'items' })).output;
    expect(await describe('DescribeContinuousBackups')).toEqual({
      ContinuousBackupsDescription: {
        ContinuousBackupsStatus: 'ENABLED',
        PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: 'ENABLED', RecoveryPeriodInDays: 35 },
      },
    });
    expect((await describe('DescribeTable')).Table).toMatchObject({
      DeletionProtectionEnabled: false,
      TableStatus: 'ACTIVE',
    });
    expect((await call(dynamodb.endpoint, 'DescribeContinuousBackups', { TableName: 'none' })).output).toEqual({
      __type: 'com.amazonaws.dynamodb.v20120810#TableNotFoundException',
      message: 'Table not found: none',
    });
  });

  it('protect it from deletion until the protection is lifted', async () => {
    const { input } = table('kept');
    await dynamodb.createTable({ ...table('kept'), input: { ...input, DeletionProtectionEnabled: true } });
    const drop = () => call(dynamodb.endpoint, 'DeleteTable', { TableName: 'kept' });
    expect((await drop()).output).toEqual({
      __type: 'com.amazon.coral.validate#ValidationException',
      message:
        'Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.',
    });
    const { output } = await call(dynamodb.endpoint, 'UpdateTable', { TableName: 'kept', DeletionProtectionEnabled: false });
    expect(output.TableDescription).toMatchObject({ TableName: 'kept', DeletionProtectionEnabled: false });
    expect((await drop()).status).toBe(200);
  });
});
