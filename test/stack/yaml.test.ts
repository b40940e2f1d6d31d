import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commented } from '../../src/stack/comment.ts';
import { yamlLines } from '../../src/stack/yaml.ts';
import { parseYaml } from './parse.ts';

const render = (value: unknown): string => `${yamlLines(value, 0).join('\n')}\n`;

/** Strings that mean something else in YAML 1.1, or that a careless writer would change. */
const traps = [
  ...['on', 'No', 'y', 'N', 'TRUE', 'null', '~', '', ' ', ' a ', 'a ', '=', '<<', '.inf', '.NaN'],
  ...[
    '012',
    '0x1F',
    '0b11',
    '1_000',
    '1:30',
    '190:20:30',
    '2012-10-17',
    '2001-12-14t21:59:43.10-05:00',
    '1e3',
    'E0',
    'e-5',
    '-1',
    '+.5',
  ],
  ...[
    '# a',
    'a #b',
    'a: b',
    'a:',
    ':a',
    'a:b',
    '- a',
    '-',
    '? a',
    '!Ref x',
    '&a',
    '*a',
    '*',
    '@a',
    '`a`',
    '%a',
    '|',
    '>',
    '>-',
  ],
  ...["'", '"', "it's", '\\', '"a" b', '{', '}', '[a]', 'a, b', ',', 'a,b , c', '{ a: 1 }', '--- a', '...', '${A}', '${!A}'],
  ...[
    'a\nb\n',
    'a\nb',
    'a\n\n b',
    'a\n  b\n c\n',
    '\n',
    '\n\n',
    '\na',
    'a\n\n',
    'a\n \n',
    'a \nb \n',
    '  a\nb',
    'a\n# b\n- c: d\n',
  ],
  ...[
    '\ttab',
    'a\tb',
    'a\n\tb\n',
    '\t\na',
    'a\r\nb',
    '\r',
    'a\u0000b',
    '\u0007',
    '\u001b[0m',
    '\u007f',
    '\u0085',
    '\u00a0',
    '\u00ad',
  ],
  ...['\u2028', 'a\u2029b\nc', '\ufeffa', '\u200b', 'é', '日本語', '😀', '\ud800', '\u{f0000}\n', '9'.repeat(40)],
  ...[
    `${'words '.repeat(40)}end`,
    `${'words '.repeat(40)}`,
    'x'.repeat(200),
    `a: ${'# b '.repeat(60)}c`,
    `arn:${'${A}:'.repeat(40)}`,
  ],
];

const text = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...traps) },
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom(' ', '\n', 'a', '#', ':', '-', '\t', "'", '"', '{', ','), maxLength: 12 }),
  fc
    .array(fc.constantFrom('words', 'of', 'a', 'sentence,', '#', '-', 'and:', 'more'), { minLength: 20 })
    .map((all) => all.join(' ')),
);

/** Values of templates: scalars, functions, lists and mappings of any depth. */
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    text,
    fc.oneof(
      fc.boolean(),
      fc.integer(),
      fc.integer().map((all) => all / 100),
    ),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(
      text.filter((key) => !/^(?:Ref|Condition|Fn::.*)$/.test(key)),
      tie('value'),
      { maxKeys: 3 },
    ),
    fc.record({ Ref: text }),
    fc.record({ Condition: text }),
    fc.record({ 'Fn::GetAtt': fc.tuple(fc.constantFrom('Table', 'Role'), fc.constantFrom('Arn', 'a.b')) }),
    fc.record({ 'Fn::GetAtt': fc.tuple(fc.constant('Table'), fc.record({ Ref: fc.constant('Name') })) }),
    fc.record({ 'Fn::Sub': fc.oneof(text, fc.tuple(text, fc.dictionary(fc.constantFrom('A', 'B'), tie('value')))) }),
    fc.record({ 'Fn::GetAZs': fc.oneof(text, fc.record({ Ref: text }), fc.record({ 'Fn::If': fc.array(tie('value')) })) }),
    fc.record({ 'Fn::If': fc.tuple(fc.constant('HasIt'), tie('value'), tie('value')) }),
    fc.record({ 'Fn::Join': fc.tuple(text, fc.array(tie('value'))) }),
    fc.record({ Properties: fc.dictionary(fc.constantFrom('A', 'B'), tie('value')) }),
  ),
}));

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
names: [
  ParameterNumber0, ParameterNumber1, ParameterNumber2, ParameterNumber3, ParameterNumber4, ParameterNumber5,
  ParameterNumber6, ParameterNumber7, ParameterNumber8, ParameterNumber9, ParameterNumber10, ParameterNumber11
]
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
