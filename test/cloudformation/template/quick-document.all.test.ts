import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import type { Json } from '../../../src/cloudformation/json.ts';
import { readDocument } from '../../../src/cloudformation/template/document.ts';
import { fullDocument } from '../../../src/cloudformation/template/full-document.ts';
import { quickDocument } from '../../../src/cloudformation/template/quick-document.ts';
import type { SourceDocument } from '../../../src/cloudformation/template/source-document.ts';

/** Values with the lines of all objects, lists and keys. */
const withLines = ({ root, lineOf }: SourceDocument): unknown => {
  const lined = (value: Json): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return { line: lineOf(value), items: value.map(lined) };
    const entries = Object.entries(value);
    return { line: lineOf(value), entries: entries.map(([key, inner]) => [key, lineOf(value, key), lined(inner)]) };
  };
  return lined(root);
};

const isQuick = (text: string): boolean => quickDocument(text, (plain) => fullDocument(plain).root) !== undefined;

const folder = 'test/twin/foreign';
const files = readdirSync(folder).filter((file) => file.endsWith('.yaml'));

describe('the quick reader', () => {
  it.each(['template.yaml', 'template.python.yaml', ...files.map((file) => `${folder}/${file}`)])(
    'reads %s as the full reader does',
    (file) => {
      const text = readFileSync(file, 'utf8');
      expect(isQuick(text)).toBe(true);
      expect(withLines(readDocument(text))).toEqual(withLines(fullDocument(text)));
    },
  );

  it('needs the full reader for nothing in template.yaml', () => {
    const doubtful: string[] = [];
    quickDocument(readFileSync('template.yaml', 'utf8'), (plain) => doubtful.push(plain));
    expect(doubtful).toEqual([]);
  });

  it.each([
    ...['a: y', 'a: N', 'a: no', 'a: ~', 'a:', 'a: 007', 'a: 0x1F', 'a: 1_000', 'a: 1.10', 'a: .5', 'a: 190:20:30', 'a: -3'],
    ...[
      'a: 2012-10-17',
      'a: 1.2.3',
      'a: 12345678901234567890',
      'a: 1e3',
      'a: .inf',
      'a: 5XX',
      'a: 1e5',
      'a: 5e25f',
      'a: 12d',
      'a: 0xdf',
      'a: 0.05',
      'a: 10.0.0.0/16',
    ],
    ...['[1, "1", \'1\', one]', '{"a": {"b": [true, null, 1.0]}}', 'a: !Sub\n  - ${b}\n  - { b: 1 }', 'a: !GetAtt B.C.D'],
    ...[
      'a: !Sub |\n  one\n  two\nb: >-\n  folded\n  text\n',
      '"a b": !If [c, !Ref d, !Ref AWS::NoValue]',
      '# nothing\na: 1',
    ],
  ])('reads %j as the full reader does', (text) => {
    expect(isQuick(text)).toBe(true);
    expect(withLines(readDocument(text))).toEqual(withLines(fullDocument(text)));
  });

  it.each([
    ...[
      'a: &b 1\nc: *b',
      'a: !Nothing 1',
      'a: !!binary aGk=',
      'a: 1\na: 2',
      '<<: {a: 1}',
      '? [a]\n: 1',
      'a: [',
      '--- 1\n--- 2',
    ],
    ...['!Ref a: 1', '%YAML 1.2\n---\na: 1', 'a:\n\tb: 1', 'a: [\n  b\n]'],
  ])('leaves %j to the full reader', (text) => {
    expect(isQuick(text)).toBe(false);
  });

  it('reads whatever can be written as the full reader does', () => {
    const scalar = fc.oneof(
      fc.constantFrom(
        'y',
        'No',
        'null',
        '',
        '1',
        '1.10',
        '0x1F',
        'a: b',
        '- a',
        '#',
        'a #b',
        '2001-01-01',
        '!Ref',
        'é',
        ' a ',
        '<',
      ),
      fc.string({ unit: 'grapheme', maxLength: 12 }),
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.boolean(),
      fc.constant(null),
    );
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        scalar,
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }), tie('value'), { maxKeys: 4 }),
      ),
    }));
    const styles = fc.record({
      collectionStyle: fc.constantFrom('any' as const, 'block' as const, 'flow' as const),
      version: fc.constantFrom('1.1' as const, '1.2' as const),
    });
    fc.assert(
      fc.property(value, styles, (written, style) => {
        const text = stringify(written, style);
        if (isQuick(text)) expect(withLines(readDocument(text))).toEqual(withLines(fullDocument(text)));
      }),
    );
  });
});
