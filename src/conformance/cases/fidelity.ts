import assert from 'node:assert/strict';
import { type Api, createOnce } from '../api.ts';
import { type Case, tagOf, unique } from '../case.ts';

/**
 * Sends an item's text with POST, reads it with GET and sends it with PUT. Fails unless all responses have the same content;
 * returns that of PUT. A large item may make DynamoDB exceed the time limit; with a condition, a function repeats the update.
 */
const roundTrip = async (api: Api, body: string): Promise<string> => {
  const created = await createOnce(api.request, { headers: { 'idempotency-key': unique('key') }, body });
  assert.equal(created.status, 201, created.text);
  const path = `/items/${created.json().id}`;
  const got = await api.request('GET', path);
  assert.equal(canonical(got.text), canonical(created.text));
  const put = await api.request('PUT', path, { headers: { 'if-match': tagOf(created) }, body });
  assert.equal(put.status, 200, put.text);
  const { updatedAt } = put.json();
  const expected = got.text
    .replace('"version":1', '"version":2')
    .replace(/"updatedAt":"[^"]*"/, `"updatedAt":"${updatedAt}"`);
  assert.equal(canonical(put.text), canonical(expected));
  return put.text;
};

/** Returns JSON text with sorted names. Numbers remain as written. The order of an object's members has no meaning. */
const canonical = (text: string): string => {
  const read = (_name: string, value: unknown, { source } = { source: '' }) => {
    if (Array.isArray(value)) return `[${value}]`;
    if (typeof value === 'object' && value) {
      const members = Object.entries(value).map(([name, member]) => `${JSON.stringify(name)}:${member}`);
      return `{${members.sort()}}`;
    }
    return typeof value === 'number' ? source : JSON.stringify(value);
  };
  return String(JSON.parse(text, read));
};

const survives = async (api: Api, value: unknown): Promise<void> => {
  const body = JSON.stringify({ value });
  const { value: came } = JSON.parse(await roundTrip(api, body));
  assert.equal(canonical(JSON.stringify({ value: came })), canonical(body));
};

/** Cases that verify that an item is returned as it was sent. */
export const fidelity: readonly Case[] = [
  {
    name: 'numbers keep up to 38 digits',
    async run(api) {
      for (const number of [
        '0',
        '-1',
        '0.1',
        '9007199254740993',
        '12345678901234567890123456789012345678',
        '-0.12345678901234567890123456789012345678',
        '3.1415926535897932384626433832795028841',
        '99999999999999999999999999999999999999',
        '100000000000000000000',
      ]) {
        assert.ok((await roundTrip(api, `{"n":${number},"list":[${number}]}`)).includes(`${number}`), number);
      }
    },
  },
  {
    name: 'numbers keep their value in any notation',
    async run(api) {
      for (const [sent, value] of [
        ['1.0', 1],
        ['-0', 0],
        ['1E2', 100],
        ['12.5e-1', 1.25],
        ['1e125', 1e125],
        ['1e-130', 1e-130],
        ['-12e40', -1.2e41],
      ] as const) {
        assert.equal(JSON.parse(await roundTrip(api, `{"n":${sent}}`)).n + 0, value, sent);
      }
    },
  },
  {
    name: 'any attribute name survives',
    async run(api) {
      const names = [
        '__proto__',
        'constructor',
        'toString',
        'a.b',
        'a-b',
        'a b',
        '#n',
        ':v',
        '$ref',
        '😀',
        'ключ',
        '"',
        '\\',
        '\n',
        'S',
        'M',
        'NULL',
      ];
      const body = `{${names.map((name, index) => `${JSON.stringify(name)}:{${JSON.stringify(name)}:${index}}`)}}`;
      const item = await roundTrip(api, body);
      const { id, version, createdAt, updatedAt, ...attributes } = JSON.parse(item);
      assert.equal(canonical(JSON.stringify(attributes)), canonical(body));
    },
  },
  {
    name: 'empty and null values survive',
    async run(api) {
      await survives(api, ['', null, [], {}, [[]], [{}], { a: '', b: null, c: [], d: {} }, false, true, 0]);
      await survives(api, {});
    },
  },
  {
    name: 'any text survives',
    async run(api) {
      await survives(api, [
        '\u0000\u0001\u001f\u007f\u2028\u2029',
        '"\\/\b\f\n\r\t',
        'é e\u0301',
        '😀👨‍👩‍👧',
        '漢字 עברית العربية',
        ' ',
        '\ufeff',
      ]);
    },
  },
  {
    name: 'nesting survives down to DynamoDB’s limit',
    async run(api) {
      const objects = `${'{"a":'.repeat(31)}"leaf"${'}'.repeat(31)}`;
      assert.ok((await roundTrip(api, objects)).includes('{"a":"leaf"}'));
      const lists = `{"a":${'['.repeat(30)}1${']'.repeat(30)}}`;
      assert.ok((await roundTrip(api, lists)).includes('[[[1]]]'));
    },
  },
  {
    name: 'an item of nearly 400 KB survives',
    async run(api) {
      await survives(api, {
        text: 'x'.repeat(200_000),
        more: Array.from({ length: 10_000 }, (_, index) => `value ${index}`),
      });
    },
  },
  {
    name: 'an item of many numbers that are short to write survives',
    alone: 'No other item takes DynamoDB so long, and a function waits 3 seconds for it.',
    async run(api) {
      const body = JSON.stringify({ numbers: Array.from({ length: 20_000 }, () => 1e125) });
      const item = await roundTrip(api, body);
      assert.equal(canonical(JSON.stringify({ numbers: JSON.parse(item).numbers })), canonical(body));
      // DynamoDB returns all 126 digits of each number. Three times as many numbers fit into an item, but would exceed Lambda's
      // limit for responses.
      assert.ok(item.length < 2 * body.length, `${item.length} characters for ${body.length}`);
    },
  },
  {
    name: 'an item without attributes is an item',
    async run(api) {
      assert.deepEqual(Object.keys(JSON.parse(await roundTrip(api, '{}'))).sort(), [
        'createdAt',
        'id',
        'updatedAt',
        'version',
      ]);
    },
  },
];
