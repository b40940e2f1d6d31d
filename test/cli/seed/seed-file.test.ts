import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSeed } from '../../../src/cli/seed/seed-file.ts';

const faults = (text: string): string => {
  try {
    return JSON.stringify(parseSeed('f', text));
  } catch (error) {
    return (error as Error).message;
  }
};

describe('the file of --seed', () => {
  it('has one item a line, which stays as it is written', () => {
    const first = '{ "id": "a", "n": 1.00, "m": 12345678901234567890.123 }';
    expect(parseSeed('f', `${first}\r\n\n  \n{"id":"b"}`)).toEqual([
      { line: 1, id: 'a', body: `${first}\r` },
      { line: 4, id: 'b', body: '{"id":"b"}' },
    ]);
    expect(parseSeed('f', '\n')).toEqual([]);
  });

  it.each<[string, string | RegExp]>([
    ['{"name":"x"}', 'f line 1: the item has no id, and each start would create another copy; give it one'],
    ['\n{"id":"a"', /^f line 2: it is not JSON \(.*\); correct or remove it$/],
    ['{"id":"a"}\n{"id":"\\u0061"}', 'f line 2: duplicate id a (first in line 1); remove one of the two'],
    ['{"id":"a/b"}', /^f line 1: its id must be a string of 1 to 128 characters .*; correct it$/],
    ['{"id":5}', /^f line 1: its id must be a string of /],
    ['"a"', "f line 1: it is not a JSON object: --seed takes one object a line, such as jq -c '.[]' writes"],
    ['[{"id":"a"}]', /^f line 1: it is a list: --seed takes one object a line/],
    ['[\n {"id":"a"},\n {"id":"b"}\n]', /^f is one JSON document over several lines: --seed takes one object a line/],
    ['{\n "id": "a"\n}\n', /^f is one JSON document over several lines/],
    ['x\n'.repeat(7), /^(f line [1-5]: it is not JSON .*\n){5}and 2 more$/],
  ])('%j', (text, message) => {
    expect(faults(text)).toMatch(message);
  });

  it('gives each of any items with its line and its text', () => {
    const item = fc.record({ id: fc.stringMatching(/^[A-Za-z0-9_~-]{1,20}$/), value: fc.jsonValue() });
    const items = fc.uniqueArray(item, { selector: ({ id }) => id });
    fc.assert(
      fc.property(items, fc.constantFrom('\n', '\r\n', '\n\n'), (all, end) => {
        const lines = all.map((one) => JSON.stringify(one));
        const parsed = parseSeed('f', lines.map((line) => line + end).join(''));
        expect(parsed.map(({ id }) => id)).toEqual(all.map(({ id }) => id));
        expect(parsed.map(({ body }) => body.trimEnd())).toEqual(lines);
        const step = end === '\n\n' ? 2 : 1;
        expect(parsed.map(({ line }) => line)).toEqual(all.map((_, index) => index * step + 1));
      }),
    );
  });
});
