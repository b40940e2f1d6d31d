import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseItem } from '../../src/functions/typescript/item.ts';
import { Problem } from '../../src/functions/typescript/problem.ts';
import { times } from '../property-runs.ts';
import { type PythonFunction, pythonFunctions, whyNot } from './python/python.ts';
import { rendered } from './typescript/items.ts';

/** What becomes of a body in TypeScript. */
const roundTrip = (body: string): string => {
  try {
    return rendered(parseItem(body).attributes);
  } catch (error) {
    if (error instanceof Problem) return `${error.slug}: ${error.message}`;
    throw error;
  }
};

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '\u2028\u2029',
    '\u007f',
    '\ufeff',
    '\u0000',
    '😀'.repeat(120),
    '/',
    '\\',
    '"',
    '\ud83d',
    '\udc00a',
    '{{}',
  ),
);
const name = fc.oneof(
  text,
  fc.nat({ max: 20 }).map(String),
  fc.constantFrom('id', '__proto__', 'constructor', '4294967294', '4294967295', '-1', '01', '1.5', 'toJSON'),
);
const digits = fc.stringMatching(/^[0-9]{1,42}$/);
const number = fc
  .tuple(
    fc.constantFrom('', '-'),
    digits,
    fc.option(digits),
    fc.option(fc.integer({ min: -140, max: 140 })),
    fc.constantFrom('e', 'E+', 'E'),
  )
  .map(([sign, whole, fraction, exponent, e]) => {
    const power = exponent === null ? '' : `${exponent < 0 ? 'e' : e}${exponent}`;
    return `${sign}${whole.replace(/^0+(?=.)/, '')}${fraction === null ? '' : `.${fraction}`}${power}`;
  });
const space = fc.constantFrom('', '', '', ' ', '\n\t\r ');

/** A string literal, with some characters escaped that need not be. */
const literal = (value: fc.Arbitrary<string>) =>
  fc.tuple(value, fc.constantFrom(/(?!)/g, /[^ -~]/g, /[a-f/]/g)).map(([plain, escaped]) => {
    const quoted = JSON.stringify(plain);
    return quoted.replace(/\\u[0-9a-f]{4}|\\.|[\s\S]/g, (character) =>
      character.length === 1 && character !== '"' && character.search(escaped) >= 0
        ? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0').toUpperCase()}`
        : character,
    );
  });

/** JSON text, members of the same name and numbers that no item holds included. */
const { object, value } = fc.letrec<{ object: string; value: string }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    number,
    literal(text),
    fc.constantFrom('null', 'true', 'false', '0', '-0', '1e5', '0.1', '1E400', `1${'0'.repeat(400)}`),
    fc.array(tie('value'), { maxLength: 4 }).map((values) => `[${values}]`),
    tie('object'),
  ),
  object: fc
    .array(fc.tuple(literal(name), space, tie('value'), space), { maxLength: 6 })
    .map((members) => `{${members.map(([key, before, inner, after]) => `${key}${before}:${before}${inner}${after}`)}}`),
}));

const nested = (levels: number, open: string, leaf: string, close: string) =>
  open.repeat(levels) + leaf + close.repeat(levels);

describe.skipIf(whyNot !== undefined)('both editions', () => {
  const functions = pythonFunctions();
  afterAll(functions.stop);
  let inPython: PythonFunction;
  beforeAll(() => {
    inPython = functions.start('create-item', { AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:9' });
  });
  const agree = async (body: string): Promise<void> => {
    expect(await inPython.roundTrip(body)).toBe(roundTrip(body));
  };

  it('read and render any JSON object alike, or reject it alike', async () => {
    await fc.assert(fc.asyncProperty(object, agree), times(8));
  });

  it('read and render any JSON value alike', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.tuple(space, value, space).map((parts) => parts.join('')),
        agree,
      ),
      times(4),
    );
  });

  it('reject alike what is not quite JSON', async () => {
    const cut = fc
      .tuple(
        object,
        fc.nat(),
        fc.nat({ max: 3 }),
        fc.constantFrom('', ',', '}', '"', '\\', '\u0001', '\u00a0', '٣', 'NaN', '+', '.'),
      )
      .map(([json, at, length, instead]) => {
        const start = at % json.length;
        return json.slice(0, start) + instead + json.slice(start + length);
      });
    await fc.assert(fc.asyncProperty(cut, agree), times(8));
  });

  it.each([
    '',
    '\ufeff{}',
    '{"a":NaN}',
    '{"a":Infinity}',
    '{"a":-Infinity}',
    '{"a":01}',
    '{"a":1.}',
    '{"a":.5}',
    '{"a":+1}',
    '{"a":1e}',
    '{"a":٣}',
    '{"a":"\\u12G4"}',
    '{"a":"\\u+123"}',
    '{"a":"\\x41"}',
    '{"a":"\t"}',
    "{'a':1}",
    '{"a":1,}',
    '{"a":1}//',
    '{"a":1}\u00a0',
    '{} {}',
    '{"a":1,"a":2,"b":1e2,"a":{"x":1.0}}',
    '{"b":1,"10":1,"9":1,"a":{"z":1,"4294967294":2,"4294967295":3,"0":4,"00":5}}',
    '{"__proto__":{"__proto__":1},"constructor":"x"}',
    '{"id":"a\\n"}',
    '{"id":"..\\n"}',
    '{"id":1}',
    `{"${'é'.repeat(32_767)}":1}`,
    `{"${'é'.repeat(32_768)}":1}`,
    '{"id":"x","id":"é"}',
    '{"a":"\\ud83d\\ude00"}',
    '{"a":"\\ud83dx"}',
    '{"a":["\\ude00\\ud83d"]}',
    `{"${'x'.repeat(199)}😀":1e999}`,
    nested(31, '{"a":', '1', '}'),
    nested(32, '{"a":', '1', '}'),
    `{"a":${nested(30, '[', '1', ']')}}`,
    `{"a":${nested(31, '[', '', ']')}}`,
    `{"a":${nested(500, '[', '1e5', ']')}}`,
    `{"a":${nested(500, '[', '', ']')}`,
    `{"a":${nested(50_000, '[', '', ']')}}`,
    nested(50_000, '{"a":', '1', '}'),
    `[${'0,'.repeat(409_601)}0]`,
    'x'.repeat(6 * 400 * 1024 + 1),
  ])('agree about %j', agree);
});
