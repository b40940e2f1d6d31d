import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimal } from '../../../src/functions/typescript/decimal.ts';
import { parseItem } from '../../../src/functions/typescript/item.ts';
import { rendered } from './items.ts';

const roundTrip = (body: string): string => rendered(parseItem(body).attributes);

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
    const tooDeep = /^invalid-item: The item is nested too deep/;
    const nested = (levels: number, leaf: string) => `${'{"a":'.repeat(levels)}${leaf}${'}'.repeat(levels)}`;
    expect(roundTrip(nested(31, '1'))).toContain('{"a":1}');
    expect(detailOf(nested(31, '{}'))).toMatch(tooDeep);
    expect(detailOf(nested(30, '[[]]'))).toMatch(tooDeep);
    expect(detailOf(`{"a":{"b":[[],${nested(28, '[]')}]}}`)).toMatch(tooDeep);
    expect(detailOf(`{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`)).toMatch(tooDeep);
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
    ['an id with a colon', '{"id":"a:b"}', 'invalid-item: id must be a string of 1 to 128 characters from A-Z'],
    ['an id with an at sign', '{"id":"a@b"}', 'invalid-item: id must be'],
    ['the id ..', '{"id":".."}', 'invalid-item: id must be'],
    ['an id of 129 characters', `{"id":"${'a'.repeat(129)}"}`, 'invalid-item: id must be'],
    ['an empty name', '{"":1}', 'invalid-item: An attribute name in the item'],
    ['an empty name inside', '{"a":{"":1}}', 'invalid-item: An attribute name in a '],
    ['a name over 65,535 bytes', `{"${'é'.repeat(32768)}":1}`, 'invalid-item: An attribute name in the item'],
    ['a lone surrogate', '{"a":["\\ud800"]}', 'invalid-item: a[0] is not valid Unicode'],
    ['a lone surrogate in a name', '{"a\\udfff":1}', 'invalid-item: An attribute name in the item'],
    ['39 digits', `{"a":{"b":${'1'.repeat(39)}}}`, 'invalid-item: a.b is a number that cannot be kept exactly'],
  ])('%s is rejected by name', (_what, body, detail) => {
    expect(detailOf(body).startsWith(detail)).toBe(true);
  });

  it('name the place of what is wrong among others', () => {
    expect(detailOf('{"a":[1,{"b":2,"c":{}},"x"],"d":[{"e":1},{"f":[0,1e999]}]}')).toMatch(
      /^invalid-item: d\[1\]\.f\[1\] is a number/,
    );
    expect(detailOf('{"a":[[1],[2]],"b":{"c":[]},"d":"\\ud800"}')).toMatch(/^invalid-item: d is not valid Unicode/);
    expect(detailOf(`{"${'x'.repeat(500)}":1e999}`)).toMatch(/^invalid-item: x{200} is a number/);
  });

  const limit = 400 * 1024;
  /** `{"attributes":{"a":…}}` takes a byte for the name, one for the member and three for the list. */
  const list = (count: number, value: string) => `{"a":[${Array(Math.floor(count)).fill(value)}]}`;

  it.each([
    ['empty strings', list(50_000 - 1, '""'), list(50_000, '""')],
    ['null', list(50_000 - 1, 'null'), list(50_000, 'null')],
    ['objects', list(25_000 - 1, '{"a":0}'), list(25_000, '{"a":0}')],
    ['lists', list(12_500 - 1, '[[],[[]]]'), list(12_500, '[[],[[]]]')],
    ['short strings', list((limit - 5) / 10, '"123456789"'), list(limit / 10, '"123456789"')],
    ['short strings in lists', list((limit - 5) / 20, '["123456789012345"]'), list(limit / 20, '["123456789012345"]')],
    ['booleans in objects', list((limit - 5) / 20, '{"abcdefghijklmn":true}'), list(limit / 20, '{"abcdefghijklmn":true}')],
    ['text', `{"a":"${'é'.repeat((limit - 2) / 2)}"}`, `{"a":"${'é'.repeat(limit / 2)}"}`],
    ['escaped text', `{"a":"${'\\u0001'.repeat(limit - 2)}"}`, `{"a":"${'\\u0001'.repeat(limit - 1)}"}`],
    [
      'a long name',
      `{"a":"${'x'.repeat(limit - 65_537)}","${'n'.repeat(65_534)}":""}`,
      `{"a":"${'x'.repeat(limit - 65_537)}","${'n'.repeat(65_535)}":""}`,
    ],
  ])('hold so many %s and no more', (_what, fits, exceeds) => {
    expect(detailOf(fits)).toBe('accepted');
    expect(detailOf(exceeds)).toBe(
      'item-too-large: Send an item of at most 400 KB, attribute names included, with at most 50,000 values.',
    );
  });

  it('that are surely too large are not parsed', () => {
    expect(detailOf(`{"a":${'['.repeat(limit)}`)).toMatch(/^item-too-large/);
    expect(detailOf('x'.repeat(6 * limit + 1))).toMatch(/^item-too-large/);
  });
});
