import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimal } from '../../../src/functions/typescript/decimal.ts';
import { type AttributeMap, parseItem, renderItem } from '../../../src/functions/typescript/item.ts';

const stored = (attributes: AttributeMap) => ({
  id: { S: 'a' },
  version: { N: '1' },
  createdAt: { S: '2026-01-01T00:00:00.000Z' },
  updatedAt: { S: '2026-01-01T00:00:00.000Z' },
  attributes: { M: attributes },
});

const roundTrip = (body: string): string => JSON.stringify(renderItem(stored(parseItem(body).attributes)));

const detailOf = (body: string): string => {
  try {
    parseItem(body);
  } catch (error) {
    return `${(error as { slug?: string }).slug}: ${(error as Error).message}`;
  }
  return 'accepted';
};

const name = fc.oneof(
  fc.string({ minLength: 1, unit: 'grapheme' }),
  fc.constantFrom('__proto__', 'constructor', 'toJSON', 'rawJSON', 'a.b', 'a-b', '😀', 'S', 'M', 'length'),
);
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constant(null),
    fc.boolean(),
    fc.string({ unit: 'grapheme' }),
    fc
      .double({ noNaN: true, noDefaultInfinity: true, min: -1e100, max: 1e100 })
      .filter((n) => n === 0 || Math.abs(n) > 1e-100),
    fc.array(tie('value')),
    fc.array(fc.tuple(name, tie('value'))).map((entries) => Object.fromEntries(entries)),
  ),
}));

describe('items', () => {
  it('come back as they were sent', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(name, value)), (entries) => {
        const sent = Object.fromEntries(
          entries.filter(([key]) => !['id', 'version', 'createdAt', 'updatedAt'].includes(key)),
        );
        const { id, version, createdAt, updatedAt, ...attributes } = JSON.parse(roundTrip(JSON.stringify(sent)));
        expect([id, version]).toEqual(['a', 1]);
        expect(createdAt).toBe(updatedAt);
        expect(JSON.stringify(attributes)).toBe(JSON.stringify(JSON.parse(JSON.stringify(sent))));
      }),
    );
  });

  it('keep numbers that a double would round', () => {
    const text = '12345678901234567890.123456789012345678';
    expect(roundTrip(`{"n":${text},"list":[${text}]}`)).toContain(`"n":${text},"list":[${text}]`);
    expect(decimal(text)).toBe(text);
  });

  it('leave what the server owns to the server', () => {
    const { id, attributes } = parseItem('{"id":"x","version":9,"createdAt":"then","updatedAt":"now","name":"n"}');
    expect(id).toBe('x');
    expect(attributes).toEqual({ name: { S: 'n' } });
  });

  it('nest as deep as DynamoDB allows and no deeper', () => {
    const nested = (levels: number, leaf: string) => `${'{"a":'.repeat(levels)}${leaf}${'}'.repeat(levels)}`;
    expect(roundTrip(nested(31, '1'))).toContain('{"a":1}');
    expect(detailOf(nested(31, '{}'))).toMatch(/^invalid-item: a(\.a){30} is nested too deep/);
    expect(detailOf(nested(30, '[[]]'))).toMatch(/^invalid-item: a(\.a){29}\[0\] is nested too deep/);
    expect(detailOf(`{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`)).toMatch(/^invalid-item: .* is nested too deep/);
  });

  it.each([
    ['nothing', '', 'invalid-json'],
    ['a half object', '{"a":', 'invalid-json'],
    ['two values', '{} {}', 'invalid-json'],
    ['NaN', '{"a":NaN}', 'invalid-json'],
    ['an array', '[]', 'invalid-item: Send a JSON object'],
    ['a number', '1', 'invalid-item: Send a JSON object'],
    ['null', 'null', 'invalid-item: Send a JSON object'],
    ['an id that is a number', '{"id":1}', 'invalid-item: id must be'],
    ['an id that is null', '{"id":null}', 'invalid-item: id must be'],
    ['an id with a slash', '{"id":"a/b"}', 'invalid-item: id must be'],
    ['the id ..', '{"id":".."}', 'invalid-item: id must be'],
    ['an id of 129 characters', `{"id":"${'a'.repeat(129)}"}`, 'invalid-item: id must be'],
    ['an empty name', '{"":1}', 'invalid-item: An attribute name in the item'],
    ['an empty name inside', '{"a":{"":1}}', 'invalid-item: An attribute name in a '],
    ['a name over 65,535 bytes', `{"${'é'.repeat(32768)}":1}`, 'invalid-item: An attribute name in the item'],
    ['a lone surrogate', '{"a":["\\ud800"]}', 'invalid-item: a[0] is not valid Unicode'],
    ['a lone surrogate in a name', '{"a\\udfff":1}', 'invalid-item: An attribute name in the item'],
    ['39 digits', `{"a":{"b":${'1'.repeat(39)}}}`, 'invalid-item: a.b is a number that cannot be kept exactly'],
  ])('%s is refused by name', (_what, body, detail) => {
    expect(detailOf(body).startsWith(detail)).toBe(true);
  });
});
