import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commented } from '../../src/stack/comment.ts';
import { yamlLines } from '../../src/stack/yaml.ts';
import { parseYaml } from './parse.ts';
import { text, traps, value } from './yaml-values.ts';

const render = (value: unknown): string => `${yamlLines(value, 0).join('\n')}\n`;

describe('yamlLines', () => {
  it('gives YAML that reads as exactly the same value, whatever that is', () => {
    fc.assert(
      fc.property(fc.dictionary(text, value, { minKeys: 1 }), (mapping) => {
        expect(parseYaml(render(mapping))).toEqual({ ...mapping });
      }),
    );
  });

  it.each(traps.map((trap) => [JSON.stringify(trap).slice(0, 40), trap]))(
    'does not change %s, wherever it stands',
    (_, trap) => {
      const places = {
        block: trap,
        list: [trap, { inner: trap, [trap]: 'value' }],
        flow: [[trap, 1], { a: trap }],
        functions: [
          { Ref: trap },
          { 'Fn::Sub': trap },
          { 'Fn::Join': [trap, [trap, { Ref: trap }]] },
          { 'Fn::GetAZs': { Ref: trap } },
        ],
        long: ['x'.repeat(80), trap, { a: { b: { c: { d: trap } } } }],
        [`key ${trap}`]: { [trap]: trap },
      };
      expect(parseYaml(render(places))).toEqual(places);
    },
  );

  it('has no line over 120 columns that could be broken', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('A', 'Long', 'Name'), value), (mapping) => {
        const long = yamlLines(mapping, 0).filter((line) => line.length > 120);
        // Quoted text and the lines of a block stay as they are.
        expect(long.filter((line) => /^ *(?:- )*(?:\w+: )?(?:!\w+ )?\w+(?: \w+)+$/.test(line))).toEqual([]);
      }),
    );
    const words = 'of words '.repeat(30).trim();
    for (const line of render({ key: words, list: [words, { Ref: words }], nested: { inner: { 'Fn::Sub': words } } }).split(
      '\n',
    )) {
      expect(line.length).toBeLessThanOrEqual(120);
    }
  });

  it('writes functions in short form, and in long form inside of another and where there is no short one', () => {
    const value = {
      a: { 'Fn::GetAtt': ['Table', 'Arn'] },
      b: { 'Fn::GetAZs': { Ref: 'AWS::Region' } },
      c: [{ 'Fn::GetAZs': { Ref: 'AWS::Region' } }, { Condition: 'HasIt' }],
      d: { 'Fn::Contains': [['x'], 'x'] },
      e: { 'Fn::GetAtt': ['Table', { Ref: 'Name' }] },
    };
    expect(render(value)).toBe(`a: !GetAtt Table.Arn
b: { Fn::GetAZs: !Ref AWS::Region }
c: [{ Fn::GetAZs: !Ref AWS::Region }, !Condition HasIt]
d: { Fn::Contains: [[x], x] }
e: { Fn::GetAtt: [Table, !Ref Name] }
`);
  });

  it('writes text of several lines as a block, long text folded, and short values on one line', () => {
    const value = {
      code: 'if (a) {\n  b();\n}\n',
      last: 'a\n\nb',
      text: `${'Some words. '.repeat(12)}End.`,
      tags: [{ Key: 'Project', Value: { Ref: 'Project' } }],
      names: Array.from({ length: 12 }, (_, index) => `ParameterNumber${index}`),
    };
    expect(render(value)).toBe(`code: |
  if (a) {
    b();
  }
last: |-
  a

  b
text: >-
  Some words. Some words. Some words. Some words. Some words. Some words. Some words. Some words. Some words. Some
  words. Some words. Some words. End.
tags: [{ Key: Project, Value: !Ref Project }]
names:
  [ParameterNumber0, ParameterNumber1, ParameterNumber2, ParameterNumber3, ParameterNumber4, ParameterNumber5,
   ParameterNumber6, ParameterNumber7, ParameterNumber8, ParameterNumber9, ParameterNumber10, ParameterNumber11]
`);
  });

  it('puts comments above what they are about, filled to the width of a line, and commands as they are', () => {
    const value = {
      a: commented('One.\nTwo:\n\n    command --option', { b: 1 }),
      c: [commented('Of an item.', { d: 1 }), { e: commented('Of a first entry.', { f: 1 }), g: 2 }],
      h: commented('word '.repeat(30).trim(), { i: commented('Inner.', [1]) }),
    };
    expect(render(value)).toBe(`# One.
# Two:
#
#     command --option
a:
  b: 1
c:
  # Of an item.
  - d: 1
  # Of a first entry.
  - e:
      f: 1
    g: 2
# word word word word word word word word word word word word word word word word word word word word word word word
# word word word word word word word
h:
  # Inner.
  i:
    - 1
`);
    expect(parseYaml(render(value))).toEqual({ a: { b: 1 }, c: [{ d: 1 }, { e: { f: 1 }, g: 2 }], h: { i: [1] } });
  });
});
