// One file: the tests share an endpoint, its tables and the policies of its callers.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/cloudformation/json.ts';
import { authorizeOperation } from '../../../src/twin/dynamodb/authorize-operation.ts';
import { createDynamoDb, type DynamoDb } from '../../../src/twin/dynamodb/index.ts';
import { tableActionsOf } from '../../../src/twin/dynamodb/input.ts';
import { withTableNames } from '../../../src/twin/dynamodb/table-names.ts';
import { user } from '../../../src/twin/iam/identity.ts';
import type { PolicyStatement } from '../../../src/twin/iam/policy-document.ts';
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

const allowedBut = (statement: PolicyStatement) =>
  account.iam.credentials.issueLongTerm(
    user({ ...account, partition: 'aws' }, 'somebody', {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'dynamodb:*', Resource: '*' }, statement],
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
  ])('with %s is rejected', async (_what, credentials, type, message) => {
    const { status, output } = await call(dynamodb.endpoint, 'GetItem', get, credentials);
    expect([status, output.__type]).toEqual([400, `com.amazon.coral.service#${type}`]);
    expect(output.message).toMatch(message);
  });

  it('with a key that was revoked is rejected', async () => {
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
  ])('that is %s is rejected', async (_what, authorization, type) => {
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

  it('is rejected if any of the paths that its packets may take rejects it', () => {
    const { identity } = allowed({});
    const endpoint = (Effect: 'Allow' | 'Deny') => ({
      vpcEndpoint: {
        ...{ id: 'vpce-1', vpcId: 'vpc-1', serviceName: 'com.amazonaws.eu-west-1.dynamodb', routeTableIds: [] },
        policyDocument: { Statement: { Effect, Principal: '*', Action: '*', Resource: '*' } } as const,
      },
    });
    const place = { ...account, partition: 'aws' };
    const denials = [[{}], [{}, endpoint('Allow')], [{}, endpoint('Deny')]].map((paths) =>
      authorizeOperation(identity, 'GetItem', get, { place, paths }),
    );
    expect(denials).toEqual([undefined, undefined, expect.objectContaining({ type: 'AccessDeniedException' })]);
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

describe('a request that hides its table', () => {
  const own = allowed({ Resource: [`${prefix}items`, `${prefix}secret/index/*`] });
  const key = { Key: { id: { S: 'none' } } };
  beforeAll(() => dynamodb.createTable(table('secret')));

  it.each<[string, string, JsonObject, RegExp]>([
    [
      'by a member that its operation does not have',
      'GetItem',
      { ...key, TableName: 'secret', ResourceArn: `${prefix}items` },
      /table\/secret because/,
    ],
    ['by one that is null', 'DeleteTable', { TableName: 'secret', ResourceArn: null }, /table\/secret because/],
    ['by an index that is null', 'Scan', { TableName: 'secret', IndexName: null }, /table\/secret because/],
    ['behind the ARN of an index', 'Scan', { TableName: `${prefix}secret/index/i` }, /because/],
    [
      'by a name that every object has',
      'TransactWriteItems',
      { TransactItems: [{ constructor: { TableName: 'secret' } }] },
      /dynamodb:constructor on resource/,
    ],
  ])('%s is rejected', async (_what, operation, input, message) => {
    const { output } = await call(dynamodb.endpoint, operation, input, own);
    expect(output.__type).toBe('com.amazon.coral.service#AccessDeniedException');
    expect(output.Message).toMatch(message);
  });

  it.each([
    'arn:aws:dynamodb:eu-west-1:123456789012:x:table/secret',
    'arn:aws-cn:dynamodb:eu-west-1:123456789012:table/secret',
    'arn:aws:dynamodb:eu-west-1:123456789012:table/secret/index/i',
    'arn:aws:dynamodb:eu-west-1:123456789012:table/secret/',
  ])('from a deny, as %s, gets nothing', async (TableName) => {
    const user = allowedBut({ Effect: 'Deny', Action: '*', Resource: `${prefix}secret` });
    expect((await call(dynamodb.endpoint, 'Scan', { TableName }, user)).status).toBe(400);
  });

  it.each(['DynamoDB_20111205.Scan', 'DynamoDBStreams_20120810.ListStreams', 'DynamoDB_20120810.Scan.x', 'Scan'])(
    'by the target %s is not known',
    async (target) => {
      const { status, output } = await call(dynamodb.endpoint, 'Scan', { TableName: 'secret' }, own, target);
      expect([status, output]).toEqual([400, { __type: 'com.amazon.coral.service#UnknownOperationException' }]);
    },
  );

  it.each(['[]', '{', '', '\ufeff{"TableName":"secret"}'])('in what is no JSON object, %j, is rejected', async (text) => {
    const { status, output } = await call(dynamodb.endpoint, 'Scan', text, own);
    expect([status, output]).toEqual([400, { __type: 'com.amazon.coral.service#SerializationException' }]);
  });

  it('is not described by a list of its name', async () => {
    const { status } = await call(dynamodb.endpoint, 'DescribeTable', { TableName: ['items'] }, own);
    expect(status).toBe(400);
  });

  it('cannot keep the twin busy with its name', async () => {
    const user = allowed({ Resource: `${prefix}*a*a*a*a*a*b` });
    const { output } = await call(dynamodb.endpoint, 'Scan', { TableName: 'a'.repeat(5000) }, user);
    expect(output.__type).toMatch(/AccessDenied/);
  });
});

describe('a batch with ARNs', () => {
  const write = { PutRequest: { Item: { id: { S: 'batch' } } } };

  it('is answered under the ARNs', async () => {
    const arn = `${prefix}items`;
    const written = await call(dynamodb.endpoint, 'BatchWriteItem', {
      RequestItems: { [arn]: [write] },
      ReturnConsumedCapacity: 'TOTAL',
    });
    expect(written.output).toMatchObject({ UnprocessedItems: {}, ConsumedCapacity: [{ TableName: arn }] });
    const { output } = await call(dynamodb.endpoint, 'BatchGetItem', {
      RequestItems: { [arn]: { Keys: [{ id: { S: 'batch' } }] } },
    });
    expect(output).toEqual({ Responses: { [arn]: [{ id: { S: 'batch' } }] }, UnprocessedKeys: {} });
  });

  it('that gives a table both ways is rejected', async () => {
    const { output } = await call(dynamodb.endpoint, 'BatchWriteItem', {
      RequestItems: { items: [write], [`${prefix}items`]: [write] },
    });
    expect(output.message).toBe('RequestItems has the table items twice, by its name and by its ARN');
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
    ['ExecuteStatement', { Statement: `SELECT "from b", 'from c' /* from d */ -- from e\n FROM "a"` }, ['PartiQLSelect a']],
    ['ExecuteStatement', { Statement: "update a SET x = 'from b'" }, ['PartiQLUpdate a']],
    ['ExecuteStatement', { Statement: 'DELETE FROM a."i" WHERE x = 1' }, ['PartiQLDelete a/index/i']],
    ['ExecuteStatement', { Statement: 'EXISTS(SELECT * FROM a WHERE x = 1)' }, ['PartiQLSelect a']],
    [
      'ExecuteTransaction',
      { Statements: [{ Statement: 'SELECT * FROM b' }], TransactStatements: [{ Statement: 'SELECT * FROM a' }] },
      ['PartiQLSelect a'],
    ],
    ['ExecuteTransaction', { TransactStatements: [{ Statement: "INSERT INTO a VALUE {'x': 1}" }] }, ['PartiQLInsert a']],
    ['BatchExecuteStatement', { Statements: [{ Statement: 'nonsense' }] }, ['PartiQLNonsense *']],
    ['ListTables', {}, ['ListTables *']],
    ['ListTagsOfResource', { ResourceArn: `${prefix}a` }, ['ListTagsOfResource a']],
  ])('%s of %j', (operation, input, expected) => {
    const accesses = tableActionsOf(operation, input, prefix);
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
        expect(tableActionsOf(name, input(prefix + tableName), prefix)).toEqual(
          tableActionsOf(name, input(tableName), prefix),
        );
        const named = withTableNames(name, input(prefix + tableName), prefix);
        expect(named).toMatchObject({ arns: new Map([[tableName, prefix + tableName]]) });
        if ('type' in named) throw new Error(named.type);
        expect(tableActionsOf(name, named.input, prefix)).toEqual(tableActionsOf(name, input(tableName), prefix));
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
