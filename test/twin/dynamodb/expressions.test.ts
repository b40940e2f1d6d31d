import { describe, expect, it } from 'vitest';
import { meets } from '../../../src/twin/dynamodb/expressions/evaluate.ts';
import { type ParsedExpressions, validateExpressions } from '../../../src/twin/dynamodb/expressions/validate.ts';
import type { Request } from '../../../src/twin/dynamodb/request.ts';

const values = { ':n': { N: '1' }, ':s': { S: 'x' }, ':set': { SS: ['x'] }, ':list': { L: [] } };

/** The values of those above that an expression names, since DynamoDB rejects the others. */
const named = (text: string): Request['ExpressionAttributeValues'] => {
  const entries = Object.entries(values).filter(([name]) => new RegExp(`${name}\\b`).test(text));
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
};

const request = (parameter: string, text: string): Request & ParsedExpressions => {
  const ExpressionAttributeValues = named(text);
  return { [parameter]: text, ...(ExpressionAttributeValues && { ExpressionAttributeValues }) };
};

const faultOf = (parameter: string, text: string): string | undefined => validateExpressions(request(parameter, text));

describe('syntax errors show the token between its neighbours', () => {
  it.each([
    ['ConditionExpression', 'a = ', '<EOF>', '= '],
    ['ConditionExpression', '_a = :n', '_', '_a'],
    ['ConditionExpression', 'a[01] = :n', '1', '01]'],
    ['ConditionExpression', 'a = :n AND AND b = :n', 'AND', 'AND AND b'],
    ['ConditionExpression', 'a', '<EOF>', 'a'],
    ['UpdateExpression', 'SET a = :n + :n + :n', '+', ':n + :n'],
    ['UpdateExpression', 'FOO a = :n', 'FOO', 'FOO a'],
    ['UpdateExpression', 'SET a = list_append(b + :n, :list)', '+', 'b + :n'],
    ['ProjectionExpression', 'a-b', '-', 'a-b'],
    ['ProjectionExpression', ' ', '<EOF>', ' '],
  ])('%s %j', (parameter, text, token, near) => {
    expect(faultOf(parameter, text)).toBe(`Invalid ${parameter}: Syntax error; token: "${token}", near: "${near}"`);
  });
});

describe('what can be read and is rejected', () => {
  it.each([
    ['ConditionExpression', '((a = :n))', 'The expression has redundant parentheses;'],
    ['ConditionExpression', '((a) = :n)', undefined],
    ['ConditionExpression', 'a < :set', /^.*operator or function: <, operand type: SS$/],
    ['ConditionExpression', 'a BETWEEN :set AND :set', /operator or function: BETWEEN, operand type: SS$/],
    ['ConditionExpression', 'a = if_not_exists(a, :n)', /not allowed in a condition expression; function: if_not_exists$/],
    ['ConditionExpression', 'size(a)', /not allowed to be used this way in an expression; function: size$/],
    ['ConditionExpression', 'name = :n', /reserved keyword: name$/],
    ['ConditionExpression', 'a = :missing', /attribute value: :missing$/],
    ['UpdateExpression', 'SET a = size(a)', /not allowed in an update expression; function: size$/],
    [
      'UpdateExpression',
      'SET a = list_append(:list, list_append(:list, b))',
      /this way in an expression; function: list_append$/,
    ],
    ['ConditionExpression', 'a BETWEEN :n AND a', /must be distinct .* operator: BETWEEN, first operand: \[a\]$/],
    ['ConditionExpression', 'a IN (:n, a)', /must be distinct .* operator: IN, first operand: \[a\]$/],
    [
      'UpdateExpression',
      'SET a = if_not_exists(b, b)',
      /must be distinct .* operator: if_not_exists, first operand: \[b\]$/,
    ],
    ['UpdateExpression', 'SET a = ((:n))', /redundant parentheses;$/],
    ['UpdateExpression', 'SET a.b = :n REMOVE a', /path one: \[a, b\], path two: \[a\]$/],
    ['UpdateExpression', 'DELETE a :n', /operator: DELETE, operand type: NUMBER, typeSet: ALLOWED_FOR_DELETE_OPERAND$/],
    ['ProjectionExpression', 'a.b, a[0]', /conflict with each other.*path one: \[a, b\], path two: \[a, \[0\]\]$/],
    ['ProjectionExpression', 'a[2147483648]', /List index is not within the allowable range; index: \[2147483648\]$/],
  ])('%s %j', (parameter, text, message) => {
    const fault = faultOf(parameter, text);
    if (message === undefined) expect(fault).toBeUndefined();
    else expect(fault).toEqual(expect.stringMatching(message));
  });
});

describe('limits of expressions', () => {
  it.each([
    ['4,096 bytes', 'ProjectionExpression', 'x'.repeat(4096), undefined],
    [
      '4,097 bytes',
      'ConditionExpression',
      'x'.repeat(4097),
      'Expression size has exceeded the maximum allowed size; expression size: 4097',
    ],
    ['300 operators', 'ConditionExpression', `${'NOT '.repeat(299)}a = b`, undefined],
    [
      '301 operators',
      'ConditionExpression',
      `${'NOT '.repeat(300)}a = b`,
      'The expression contains too many operators; operator count: 301',
    ],
    ['100 operands of IN', 'ConditionExpression', `a IN (:n${',:n'.repeat(99)})`, undefined],
    [
      '101 operands of IN',
      'ConditionExpression',
      `a IN (:n${',:n'.repeat(100)})`,
      'The IN operator is provided with too many operands; number of operands: 101',
    ],
    ['32 levels', 'ProjectionExpression', `a${'.b'.repeat(31)}`, undefined],
    [
      '33 levels',
      'ProjectionExpression',
      `a${'.b'.repeat(32)}`,
      'The document path has too many nesting levels; nesting levels: 33',
    ],
  ])('%s', (_name, parameter, text, message) => {
    expect(faultOf(parameter, text)).toBe(message && `Invalid ${parameter}: ${message}`);
  });

  it('deep parentheses are read as fast as others', () => {
    expect(faultOf('ConditionExpression', `${'('.repeat(2000)}a = b${')'.repeat(2000)}`)).toMatch(/redundant parentheses/);
    expect(faultOf('ConditionExpression', `a < b ${'OR (a < b '.repeat(149)}${')'.repeat(149)}`)).toBeUndefined();
  });
});

describe('names and values', () => {
  it.each([
    [{ ExpressionAttributeNames: {} }, 'ExpressionAttributeNames must not be empty'],
    [{ ExpressionAttributeNames: { n: 'a' } }, 'ExpressionAttributeNames contains invalid key: Syntax error; key: "n"'],
    [
      { ExpressionAttributeNames: { '#n': '' } },
      'ExpressionAttributeNames contains invalid value: Empty attribute name for key #n',
    ],
    [
      { ExpressionAttributeValues: { ':v': { SS: [] } } },
      /^ExpressionAttributeValues contains invalid value: .* may not be empty for key :v$/,
    ],
    [{ ExpressionAttributeValues: { [`:${'v'.repeat(255)}`]: { S: '' } } }, /a key that is too long;$/],
    [
      { ExpressionAttributeNames: { '#n': 'n' } },
      'Value provided in ExpressionAttributeNames unused in expressions: keys: {#n}',
    ],
  ])('%j', (parameters, message) => {
    expect(validateExpressions({ ConditionExpression: 'attribute_exists(a)', ...parameters })).toEqual(
      expect.stringMatching(message),
    );
  });
});

describe('conditions on an item', () => {
  const item = {
    n: { N: '1.50' },
    doc: { M: { a: { N: '1' }, b: { L: [{ S: 'x' }] } } },
    tags: { SS: ['a', 'b'] },
    bin: { B: Buffer.from([0xff, 0xfe, 0x00]).toString('base64') },
    txt: { S: 'héllo' },
    flag: { BOOL: false },
    lst: { L: [{ N: '1' }, { M: { k: { S: 'v' } } }] },
  };
  const holds = (text: string, given: Request['ExpressionAttributeValues']): boolean => {
    const parsed: Request & ParsedExpressions = {
      ConditionExpression: text,
      ...(given && { ExpressionAttributeValues: given }),
    };
    expect(validateExpressions(parsed)).toBeUndefined();
    return parsed._condition !== undefined && meets(item, parsed._condition.expression);
  };

  it.each([
    ['doc = :v', { ':v': { M: { b: { L: [{ S: 'x' }] }, a: { N: '1.0' } } } }, true],
    ['tags = :v', { ':v': { SS: ['b', 'a'] } }, true],
    ['tags = :v', { ':v': { SS: ['b', 'c'] } }, false],
    ['n = :v', { ':v': { N: '15e-1' } }, true],
    ['absent <> :v', { ':v': { N: '1' } }, true],
    ['absent = lacking', undefined, false],
    ['absent < lacking', undefined, false],
    ['NOT NOT flag = :v', { ':v': { BOOL: false } }, true],
    ['n IN (absent, :v)', { ':v': { N: '1.5' } }, true],
    ['lst IN (:v)', { ':v': { L: [{ N: '1' }, { M: { k: { S: 'v' } } }] } }, true],
    ['contains(lst, :v)', { ':v': { M: { k: { S: 'v' } } } }, true],
    ['contains(bin, :v)', { ':v': { B: Buffer.from([0xfe]).toString('base64') } }, true],
    ['begins_with(bin, :v)', { ':v': { B: Buffer.from([0xfd]).toString('base64') } }, false],
    ['attribute_exists(toString)', undefined, false],
    ['attribute_type(flag, :v)', { ':v': { S: 'BOOL' } }, true],
    ['size(lst) = :v', { ':v': { N: '2' } }, true],
  ])('%s with %j', (text, given, expected) => {
    expect(holds(text, given)).toBe(expected);
  });
});
