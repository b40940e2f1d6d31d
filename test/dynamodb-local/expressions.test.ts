import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDynamoDb, type DynamoDb } from '../../src/twin/dynamodb/index.ts';
import { type Answer, account, call, table } from '../twin/dynamodb/client.ts';
import { indexedTable } from '../twin/dynamodb/indexed-table.ts';

const endpoint = process.env.DYNAMODB_LOCAL ?? '';

let builtIn: DynamoDb;
let local: DynamoDb;
beforeAll(async () => {
  builtIn = await createDynamoDb(account);
  local = await createDynamoDb({ ...account, endpoint });
  for (const dynamodb of [builtIn, local]) {
    await dynamodb.createTable(table('expressions'));
    await dynamodb.createTable(indexedTable('expressions-indexed'));
  }
});
afterAll(async () => {
  for (const name of ['expressions', 'expressions-indexed']) await call(local.endpoint, 'DeleteTable', { TableName: name });
  await Promise.all([builtIn.stop(), local.stop()]);
});

const item = {
  id: { S: 'a' },
  n1: { N: '1' },
  n2: { N: '10' },
  s1: { S: 'abc' },
  b1: { B: 'AQID' },
  set1: { SS: ['ab', 'x'] },
  list1: { L: [{ N: '1' }, { S: 'ab' }, { M: { k: { N: '1' } } }] },
  map1: { M: { k: { N: '1' }, inner: { L: [{ S: 'ab' }] } } },
  t1: { BOOL: true },
};

const values: Readonly<Record<string, object>> = {
  ':n': { N: '1' },
  ':s': { S: 'ab' },
  ':b': { B: 'AQI=' },
  ':set': { SS: ['x', 'ab'] },
  ':list': { L: [{ N: '1' }] },
  ':map': { M: { k: { N: '1' } } },
  ':t': { BOOL: true },
};

const path = fc.constantFrom(
  ...['n1', 'n2', 's1', 'b1', 'set1', 'list1', 'map1', 't1', 'lacking', 'map1.k', 'map1.lacking', 'list1[0]'],
  ...['list1[2].k', 'list1[9]', 'map1.inner[0]', 's1.k'],
);
const value = fc.constantFrom(...Object.keys(values));
const text = (...parts: readonly (string | fc.Arbitrary<string>)[]): fc.Arbitrary<string> =>
  fc.tuple(...parts.map((part) => (typeof part === 'string' ? fc.constant(part) : part))).map((all) => all.join(''));

const operand = fc.oneof(path, value, text('size(', path, ')'));
const comparison = fc.oneof(
  text(operand, fc.constantFrom(' = ', ' <> ', ' < ', ' <= ', ' > ', ' >= '), operand),
  text(operand, ' BETWEEN ', operand, ' AND ', operand),
  text(operand, ' IN (', operand, ', ', operand, ')'),
  text(fc.constantFrom('attribute_exists(', 'attribute_not_exists('), path, ')'),
  text(fc.constantFrom('begins_with(', 'contains('), operand, ', ', operand, ')'),
);
const { condition } = fc.letrec<{ condition: string }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3 },
    comparison,
    text('(', tie('condition'), ')'),
    text('NOT ', tie('condition')),
    text(tie('condition'), fc.constantFrom(' AND ', ' OR '), tie('condition')),
  ),
}));

const result = fc.oneof(
  operand.filter((one) => !one.startsWith('size')),
  text('if_not_exists(', path, ', ', value, ')'),
  text('list_append(', path, ', ', value, ')'),
  text(fc.oneof(path, value), fc.constantFrom(' + ', ' - '), fc.oneof(path, value)),
);
const target = fc.constantFrom(
  'n1',
  's1',
  'set1',
  'new1',
  'new2',
  'map1.k',
  'map1.new1',
  'list1[0]',
  'list1[1]',
  'list1[7]',
  'list1[5]',
);
const section = (keyword: string, action: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.array(action, { minLength: 1, maxLength: 2 }).map((actions) => `${keyword} ${actions.join(', ')}`);
const update = fc.oneof(
  section('SET', text(target, ' = ', result)),
  section('REMOVE', target),
  section(' ADD', text(target, ' ', value)),
  section('DELETE', text(target, ' ', value)),
  text(section('SET', text(target, ' = ', result)), ' ', section('REMOVE', target)),
);

/** What a request came to: the attributes after it, or the name of the exception. */
const outcome = ({ status, output }: Answer): unknown =>
  status === 200 ? sorted(output.Attributes) : String(output.__type).replace(/^.*#/, '');

/** Members of sets have no order. */
const sorted = (given: unknown): unknown => {
  if (Array.isArray(given)) return given.every((one) => typeof one === 'string') ? [...given].sort() : given.map(sorted);
  if (typeof given !== 'object' || given === null) return given;
  return Object.fromEntries(Object.entries(given).map(([name, member]) => [name, sorted(member)]));
};

const compare = async (input: object, expression: string): Promise<void> => {
  const used = Object.entries(values).filter(([name]) => new RegExp(`${name}\\b`).test(expression));
  const request = {
    TableName: 'expressions',
    Key: { id: item.id },
    ReturnValues: 'ALL_NEW',
    ...input,
    ...(used.length > 0 && { ExpressionAttributeValues: Object.fromEntries(used) }),
  };
  const [ours, theirs] = await Promise.all(
    [builtIn, local].map(async (dynamodb) => {
      await call(dynamodb.endpoint, 'PutItem', { TableName: 'expressions', Item: item });
      return outcome(await call(dynamodb.endpoint, 'UpdateItem', request));
    }),
  );
  expect(ours).toEqual(theirs);
};

describe('on DynamoDB Local and on the twin’s database', () => {
  it('conditions come to the same', () =>
    fc.assert(fc.asyncProperty(condition, (ConditionExpression) => compare({ ConditionExpression }, ConditionExpression))));

  it('updates come to the same', () =>
    fc.assert(fc.asyncProperty(update, (UpdateExpression) => compare({ UpdateExpression }, UpdateExpression))));

  it.each([
    'a = ',
    '_a = :n',
    'a[01] = :n',
    'a-b = :n',
    '((a = :n))',
    'a < :set',
    'a = a',
    'a IN (:n, a)',
    'a BETWEEN b AND a',
    'size(a)',
    'a = if_not_exists(a, :n)',
    'name = :n',
    `${'NOT '.repeat(300)}a = :n`,
    `a IN (:n${',:n'.repeat(100)})`,
    `a${'.b'.repeat(32)} = :n`,
    'x'.repeat(4097),
  ])('the message about %.40j is the same', async (ConditionExpression) => {
    const used = Object.entries(values).filter(([name]) => new RegExp(`${name}\\b`).test(ConditionExpression));
    const [ours, theirs] = await Promise.all(
      [builtIn, local].map(async (dynamodb) => {
        const { output } = await call(dynamodb.endpoint, 'DeleteItem', {
          TableName: 'expressions',
          Key: { id: item.id },
          ConditionExpression,
          ...(used.length > 0 && { ExpressionAttributeValues: Object.fromEntries(used) }),
        });
        return output.message ?? output.Message;
      }),
    );
    expect(ours).toBe(theirs);
  });

  it('writes consume the same capacity of a table with indexes', async () => {
    const key = { p: { S: 'p' }, c: { S: 'c' } };
    const entry = { ...key, g: { S: 'g' }, s: { S: 's' }, extra: { S: 'e' } };
    const requests: readonly (readonly [string, object])[] = [
      ['PutItem', { Item: entry }],
      ['PutItem', { Item: { ...entry, plain: { S: 'p' } } }],
      ['UpdateItem', { Key: key, UpdateExpression: 'SET s = c' }],
      ['UpdateItem', { Key: key, UpdateExpression: 'SET extra = c' }],
      ['DeleteItem', { Key: key }],
    ];
    for (const [operation, input] of requests) {
      const [ours, theirs] = await Promise.all(
        [builtIn, local].map(async (dynamodb) => {
          const request = { TableName: 'expressions-indexed', ReturnConsumedCapacity: 'INDEXES', ...input };
          return (await call(dynamodb.endpoint, operation, request)).output.ConsumedCapacity;
        }),
      );
      expect(ours).toEqual(theirs);
    }
  });
});
