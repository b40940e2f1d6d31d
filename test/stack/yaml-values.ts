import fc from 'fast-check';

/** Strings that mean something else in YAML 1.1, or that a careless writer would change. */
export const traps = [
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

/** Any text, traps often. */
export const text = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...traps) },
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom(' ', '\n', 'a', '#', ':', '-', '\t', "'", '"', '{', ','), maxLength: 12 }),
  fc
    .array(fc.constantFrom('words', 'of', 'a', 'sentence,', '#', '-', 'and:', 'more'), { minLength: 20 })
    .map((all) => all.join(' ')),
);

/** Values of templates: scalars, functions, lists and mappings of any depth. */
export const { value } = fc.letrec((tie) => ({
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
