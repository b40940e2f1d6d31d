import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AttributeSchema, ObjectSchema, SchemaType } from '../../src/contract/entity-schema.ts';
import { sampleAttributes } from '../../src/contract/sample.ts';
import { violationsOf } from '../../src/contract/violations.ts';
import { parseItem } from '../../src/functions/typescript/item.ts';
import { Problem } from '../../src/functions/typescript/problem.ts';
import { checkMap, type Schema } from '../../src/functions/typescript/schema.ts';
import { checkSchema } from '../../src/stack/check-schema.ts';
import { compiled } from '../../src/stack/code/entity-file.ts';
import { SynthError } from '../../src/stack/code/synth-error.ts';
import { times } from '../property-runs.ts';
import { environment, python, whyNot } from './python/python.ts';

/** What is wrong with a body, in TypeScript. */
const faultOf = (schema: ObjectSchema, body: string): string | null => {
  try {
    checkMap(parseItem(body).attributes, compiled(schema) as Schema);
    return null;
  } catch (error) {
    if (error instanceof Problem) return error.message;
    throw error;
  }
};

const of = (own: AttributeSchema): ObjectSchema => ({ type: 'object', properties: { a: own } });

describe('a schema', () => {
  it.each<[string, AttributeSchema, string, string | null]>([
    ['a type', { type: 'string' }, '1', 'a must be a string.'],
    ['one of several types', { type: ['integer', 'null'] }, '"x"', 'a must be an integer or null.'],
    ['a boolean', { type: 'boolean' }, '0', 'a must be true or false.'],
    ['an integer with a point', { type: 'integer' }, '1.0', null],
    ['an integer of 30 digits', { type: 'integer' }, '1e29', null],
    ['an integer written with an exponent', { type: 'integer' }, '1e100', null],
    ['a fraction with an exponent', { type: 'integer' }, '1e-100', 'a must be an integer.'],
    ['an enumeration', { enum: ['b', 1.5, null, true] }, '"c"', 'a must be one of "b", 1.5, null, true.'],
    ['a value of an enumeration in another notation', { enum: [1.5] }, '15e-1', null],
    ['a length in code points', { maxLength: 2 }, '"💡💡"', null],
    ['a short string', { minLength: 1 }, '""', 'a must have at least 1 character.'],
    ['a long string', { maxLength: 2 }, '"💡💡💡"', 'a must have at most 2 characters.'],
    [
      'a number that doubles round',
      { maximum: 9007199254740992 },
      '9007199254740993',
      'a must be at most 9007199254740992.',
    ],
    [
      'a fraction that doubles round',
      { minimum: 0.1 },
      '0.09999999999999999999999999999999999999',
      'a must be at least 0.1.',
    ],
    ['a bound itself', { minimum: 0.1, maximum: 0.1 }, '0.10', null],
    ['a negative number', { minimum: -5 }, '-5.5', 'a must be at least -5.'],
    ['zero, whatever its sign', { minimum: 0 }, '-0', null],
    ['a bound beyond 2^53', { maximum: 1e21 }, '1e22', 'a must be at most 1e21.'],
    ['elements', { items: { type: 'string' } }, '["x", 1]', 'a[1] must be a string.'],
    ['a short list', { minItems: 2 }, '[1]', 'a must have at least 2 elements.'],
    ['a long list', { maxItems: 1 }, '[1, 2]', 'a must have at most 1 element.'],
    ['a missing member', { required: ['b'] }, '{}', 'a.b is missing.'],
    ['a member of an element', { items: { required: ['b'] } }, '[{}]', 'a[0].b is missing.'],
    [
      'a member too many',
      { properties: { b: {}, c: {} }, additionalProperties: false },
      '{"d":1}',
      'a.d is not one of the attributes: b, c.',
    ],
    ['other members', { additionalProperties: { type: 'null' } }, '{"d":1}', 'a.d must be null.'],
    ['keywords for other types', { minLength: 5, minimum: 5, minItems: 5 }, 'true', null],
    [
      'a name that objects inherit',
      { properties: { b: {} }, additionalProperties: false },
      '{"toString":1}',
      'a.toString is not one of the attributes: b.',
    ],
  ])('checks %s', (_name, own, value, fault) => {
    expect(faultOf(of(own), `{"a":${value}}`)).toBe(fault);
  });

  it('asks for required attributes first, and takes no inherited name for one', () => {
    expect(faultOf({ type: 'object', required: ['constructor'] }, '{"a":1}')).toBe('constructor is missing.');
  });

  it('cuts long names and lists', () => {
    const long = 'n'.repeat(300);
    const schema: ObjectSchema = { type: 'object', properties: { [long]: { enum: ['v'.repeat(300)] } } };
    expect(faultOf(schema, `{"${long}":1}`)).toBe(`${long.slice(0, 200)} must be one of "${'v'.repeat(199)}.`);
  });
});

const names = fc.constantFrom('a', 'b', 'c', '1', 'ä');
const types = fc.constantFrom<SchemaType>('string', 'number', 'integer', 'boolean', 'null', 'array', 'object');
const scalars = fc.constantFrom('a', 'b', 'text', '💡', true, false, null, 0, 1, 1.5, -2);
const scalarKeywords = {
  type: fc.oneof(types, fc.uniqueArray(types, { minLength: 1, maxLength: 3 })),
  enum: fc.uniqueArray(scalars, { minLength: 1, maxLength: 4 }),
  minLength: fc.nat({ max: 4 }),
  maxLength: fc.integer({ min: 4, max: 6 }),
  minimum: fc.oneof(fc.integer({ min: -5, max: 5 }), fc.constantFrom(0.1, -2.5, 1e-7)),
  maximum: fc.constantFrom(5, 5.5, 1e21),
  minItems: fc.nat({ max: 2 }),
  maxItems: fc.integer({ min: 2, max: 3 }),
  required: fc.uniqueArray(names, { maxLength: 1 }),
};
/** Keywords with other schemas in them. */
const withSchemas = (inner: fc.Arbitrary<AttributeSchema>, maxKeys: number) => ({
  properties: fc.dictionary(names, inner, { maxKeys }),
  additionalProperties: fc.oneof(fc.constant(true), inner),
});
const leaf = fc.record(scalarKeywords, { requiredKeys: [] }) as fc.Arbitrary<AttributeSchema>;
const branch = (inner: fc.Arbitrary<AttributeSchema>) =>
  fc.record(
    { ...scalarKeywords, ...withSchemas(inner, 2), items: inner },
    { requiredKeys: [] },
  ) as fc.Arbitrary<AttributeSchema>;
const node = fc.oneof(leaf, branch(fc.oneof(leaf, branch(leaf))));
const schemas = fc.record(
  { type: fc.constant('object'), required: fc.uniqueArray(names, { maxLength: 2 }), ...withSchemas(node, 3) },
  { requiredKeys: ['type'] },
) as fc.Arbitrary<ObjectSchema>;

const values = fc.letrec((tie) => ({
  node: fc.oneof(
    { depthSize: 'small' },
    scalars,
    fc.constantFrom(9007199254740993n.toString(), 'x'.repeat(5), 0.1, -2.5),
    fc.array(tie('node'), { maxLength: 4 }),
    fc.dictionary(names, tie('node'), { maxKeys: 3 }),
  ),
})).node;
const bodies = fc.dictionary(names, values, { maxKeys: 4 });

/** A schema with a body that may fit, one that fits, and those that violate a keyword. */
const corpus = fc.tuple(schemas, fc.array(bodies, { minLength: 1, maxLength: 6 })).map(([schema, random]) => {
  const entity = { name: 'Thing', path: 'things', description: 'Things.', schema };
  const made = [sampleAttributes(entity), ...violationsOf(entity).map(({ attributes }) => attributes)];
  return { schema, bodies: [...random, ...made].map((body) => JSON.stringify(body)) };
});

describe('random schemas', () => {
  const ajv = new Ajv2020.default({ strict: false });

  it('accept and reject what another validator does', () => {
    fc.assert(
      fc.property(corpus, ({ schema, bodies: texts }) => {
        const validate = ajv.compile(schema);
        for (const body of texts) {
          const fault = faultOf(schema, body);
          expect({ schema, body, fault, isValid: fault === null }).toEqual({
            schema,
            body,
            fault,
            isValid: validate(JSON.parse(body)),
          });
        }
      }),
      times(1),
    );
  });

  it.skipIf(whyNot !== undefined)('say the same of the same bodies in both languages', () => {
    const samples = fc.sample(corpus, times(2).numRuns);
    const pairs = samples.flatMap(({ schema, bodies: texts }) => texts.map((body) => ({ schema, body })));
    const input = JSON.stringify(pairs.map(({ schema, body }) => [compiled(schema), body]));
    const { stdout, stderr } = spawnSync(python, [join(import.meta.dirname, 'python/check_schemas.py')], {
      input: `${input}\n`,
      env: environment(),
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
    });
    expect(stderr).toBe('');
    const faults: (string | null)[] = JSON.parse(stdout);
    expect(faults).toHaveLength(pairs.length);
    expect(faults.filter((fault) => fault !== null).length).toBeGreaterThan(pairs.length / 10);
    for (const [index, { schema, body }] of pairs.entries()) {
      expect({ schema, body, fault: faults[index] }).toEqual({ schema, body, fault: faultOf(schema, body) });
    }
  });
});

describe('what synth says of a schema', () => {
  const faultOfSchema = (schema: unknown): string => {
    try {
      checkSchema(schema, (text) => new SynthError(text));
      return '';
    } catch (error) {
      return (error as SynthError).message;
    }
  };
  const inA = (own: unknown) => ({ type: 'object', properties: { a: own } });

  it.each<[string, unknown, RegExp]>([
    [
      'a keyword that functions do not check',
      inA({ pattern: '^a' }),
      /^schema\.properties\.a\.pattern is not supported: the keywords are type, enum, /,
    ],
    ['an annotation', { type: 'object', title: 'Order' }, /^schema\.title is not supported/],
    ['a keyword within elements', inA({ items: { multipleOf: 2 } }), /^schema\.properties\.a\.items\.multipleOf is not/],
    ['a root that is no object', { type: 'array' }, /^schema\.type must be 'object'/],
    ['an unknown type', inA({ type: 'text' }), /^schema\.properties\.a\.type must be one of string, number, /],
    ['an empty list of types', inA({ type: [] }), /type must be one of/],
    ['an empty enumeration', inA({ enum: [] }), /enum must be a list of at least one value/],
    ['an object in an enumeration', inA({ enum: [{}] }), /enum takes strings, numbers, booleans and null, and not \{\}/],
    ['a number in an enumeration with two notations', inA({ enum: [1e21] }), /enum has 1e\+21: numbers in it have/],
    ['a negative length', inA({ minLength: -1 }), /minLength must be a whole number from 0/],
    [
      'bounds that exclude each other',
      inA({ minimum: 2, maximum: 1 }),
      /minimum is more than schema\.properties\.a\.maximum/,
    ],
    ['a bound that is no number', inA({ maximum: '5' }), /maximum must be a number/],
    ['a schema that is none', inA(true), /^schema\.properties\.a must be an object of keywords/],
    [
      'an attribute of the server',
      { type: 'object', required: ['version'] },
      /^schema names version, which is an attribute of the server/,
    ],
    [
      'a required attribute that it forbids',
      { type: 'object', required: ['b'], additionalProperties: false },
      /required has b, which/,
    ],
  ])('rejects %s', (_name, schema, message) => {
    expect(faultOfSchema(schema)).toMatch(message);
  });

  it('is nothing of a schema in the subset that its sample satisfies; what violates it is named then', () => {
    fc.assert(
      fc.property(schemas, (schema) => {
        const fault = faultOfSchema(schema);
        expect(fault).toMatch(/^$|which its other keywords do not allow|accepts nothing that is easy to make/);
        if (fault !== '') return;
        const entity = { name: 'Thing', path: 'things', description: 'Things.', schema };
        expect(faultOf(schema, JSON.stringify(sampleAttributes(entity)))).toBeNull();
        for (const { path, attributes } of violationsOf(entity)) {
          expect(faultOf(schema, JSON.stringify(attributes))?.startsWith(`${path} `)).toBe(true);
        }
      }),
      times(4),
    );
  });
});
