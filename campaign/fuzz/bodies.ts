import { deflateSync, gzipSync } from 'node:zlib';
import fc, { type Arbitrary } from 'fast-check';

/** The body of a request, and the headers that describe it. */
export interface Body {
  readonly bytes: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

const name = fc.oneof(
  { weight: 4, arbitrary: fc.string({ maxLength: 8, unit: 'grapheme' }) },
  {
    weight: 4,
    arbitrary: fc.constantFrom(...['name', 'n', 'tags', '__proto__', 'constructor', 'toJSON', 'a\\', '"', '\n', 'é', '😀']),
  },
  { weight: 1, arbitrary: fc.constantFrom('id', 'version', 'createdAt', 'updatedAt', '', 'x'.repeat(300)) },
);

/** Numbers as text, because JavaScript would round some of them. */
const number = fc.oneof(
  fc.integer().map(String),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc.constantFrom(
    ...['0', '-0', '-0.0', '1.50', '1e5', '1E+5', '12345678901234567890', '0.1234567890123456789012345678901234567'],
    ...['1e125', '9.99e125', '1e126', '1e-130', '1e-131', '1e400', '-1e-400', '1e999999999'],
    ...[`1${'0'.repeat(37)}`, `1${'0'.repeat(38)}1`],
  ),
);

const scalar = fc.oneof(
  fc.constantFrom(
    ...['null', 'true', 'false', '""', '[]', '{}', '"\\u0000"', '"\\ud83d"', '"\\ud83d\\ude00"', '"\u2028"', '"\\/"'],
  ),
  number,
  fc.string({ unit: 'grapheme', maxLength: 20 }).map((text) => JSON.stringify(text)),
);

const escaped = (text: string): string =>
  Array.from({ length: text.length }, (_, at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`).join('');

/** A name in quotes, in half of the cases with every character escaped. */
const quotedName = fc
  .tuple(name, fc.boolean())
  .map(([text, isEscaped]) => (isEscaped ? `"${escaped(text)}"` : JSON.stringify(text)));

/** JSON text, possibly with duplicate names. */
const { object, value } = fc.letrec<{ object: string; value: string }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalar,
    fc.array(tie('value'), { maxLength: 4 }).map((values) => `[${values.join()}]`),
    tie('object'),
  ),
  object: fc
    .array(fc.tuple(quotedName, tie('value')), { maxLength: 5 })
    .map((entries) => `{${entries.map((entry) => entry.join(':')).join(', ')}}`),
}));

/** JSON text with a character removed or inserted. */
const nearJson = fc
  .tuple(
    object,
    fc.nat(),
    fc.constantFrom(...['', ',', '}', '"', '\\', '{', ']', '\u0000', '\ufeff', '//', "'", 'NaN', '.', '\\u12']),
  )
  .map(([text, place, inserted]) => {
    const at = place % (text.length + 1);
    return text.slice(0, at) + inserted + text.slice(inserted === '' ? at + 1 : at);
  });

/** Large texts with many values or many escapes. */
const heavy = fc
  .tuple(
    fc.constantFrom(
      ...[
        ['[', '1,', '1]'],
        ['[', '[],', '[]]'],
        ['[', '"",', '""]'],
        ['"', 'x', '"'],
        ['"', '\\u0061', '"'],
      ],
    ),
    fc.constantFrom(2000, 60_000, 150_000, 401_000),
  )
  .map(([[begin, repeated = '', end], size]) => `{"heavy":${begin}${repeated.repeat(size / repeated.length)}${end}}`);

const deep = fc
  .tuple(fc.constantFrom('[', '{"a":'), fc.constantFrom(29, 30, 31, 32, 1000, 20_000))
  .map(([open, depth]) => `{"deep":${open.repeat(depth)}1${(open === '[' ? ']' : '}').repeat(depth)}}`);

const text = fc.oneof(
  { weight: 12, arbitrary: object },
  { weight: 3, arbitrary: nearJson },
  { weight: 2, arbitrary: value },
  { weight: 1, arbitrary: heavy },
  { weight: 1, arbitrary: deep },
  { weight: 1, arbitrary: fc.constantFrom('', ' ', '{}', '\ufeff{}', '{"a":1}{"b":2}', ' \n{"a":1}\t') },
);

const type = fc.oneof(
  { weight: 14, arbitrary: fc.constant('application/json') },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      ...['application/json; charset=utf-8', 'APPLICATION/JSON', 'application/merge-patch+json', 'application/json;', ''],
      ...['text/plain', 'text/json', 'application/jsonx', 'application/x-www-form-urlencoded', 'application/ json', 'json'],
    ),
  },
);

/** Applies a content coding, or only declares it. */
const coding = fc.oneof(
  { weight: 20, arbitrary: fc.constant({ name: '', encode: (bytes: Buffer) => bytes }) },
  { weight: 1, arbitrary: fc.constant({ name: 'gzip', encode: (bytes: Buffer) => gzipSync(bytes) }) },
  { weight: 1, arbitrary: fc.constant({ name: 'deflate', encode: (bytes: Buffer) => deflateSync(bytes) }) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('gzip', 'br', 'identity', 'x')
      .map((claimed) => ({ name: claimed, encode: (bytes: Buffer) => bytes })),
  },
);

const bytes = fc.oneof(
  { weight: 20, arbitrary: text.map((content) => Buffer.from(content)) },
  { weight: 1, arbitrary: object.map((content) => Buffer.from(content, 'utf16le')) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 40 }).map((content) => Buffer.from(content)) },
  { weight: 1, arbitrary: fc.constant(Buffer.from('7b2261223a22ffc3227d', 'hex')) },
);

/** Inserts an id as the first attribute of a JSON object. */
const withId = (content: Buffer, id: string | undefined): Buffer => {
  if (id === undefined || content[0] !== '{'.charCodeAt(0)) return content;
  const comma = content.toString('latin1').trim() === '{}' ? '' : ',';
  return Buffer.concat([Buffer.from(`{"id":${JSON.stringify(id)}${comma}`), content.subarray(1)]);
};

/** Returns bodies, most of which are valid. `id` is inserted into those that are objects. */
export const bodies = (id: Arbitrary<string | undefined>): Arbitrary<Body> =>
  fc.tuple(bytes, type, coding, id).map(([content, contentType, { name: encoding, encode }, chosen]) => ({
    bytes: encode(withId(content, chosen)),
    headers: {
      ...(contentType !== '' && { 'Content-Type': contentType }),
      ...(encoding !== '' && { 'Content-Encoding': encoding }),
    },
  }));
