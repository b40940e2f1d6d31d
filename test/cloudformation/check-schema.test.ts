import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkSchema, keywords } from '../../src/cloudformation/check-schema.ts';
import { unresolved } from '../../src/cloudformation/intrinsics/scope.ts';
import type { Json } from '../../src/cloudformation/json.ts';
import type { Schema } from '../../src/cloudformation/schema.ts';
import { resourceTypes } from '../../src/twin/resources/index.ts';

const types = [...resourceTypes.values()].map((resourceType): [string, Schema] => [resourceType.type, resourceType.schema]);

const says = (value: Json, schema: Schema): string[] =>
  checkSchema(value, schema).faults.map(({ path, message }) => `${path.join('.')}: ${message}`);

describe.each(types)('the schema of %s', (_type, schema) => {
  it('is a JSON Schema, of keywords that are looked at', () => {
    expect(new Ajv({ strict: false }).validateSchema(schema)).toBe(true);
    expect(keywordsOf(schema).filter((keyword) => !keywords.has(keyword))).toEqual([]);
  });

  it('rejects unknown properties at its top', () => {
    expect(schema).toMatchObject({ type: 'object', additionalProperties: false });
  });

  it('holds and coerces as ajv says', () => {
    const ajv = new Ajv({ coerceTypes: true, allErrors: true, strict: false })
      .addKeyword({ keyword: 'supported', validate: (values: readonly unknown[], value: unknown) => values.includes(value) })
      .compile(schema);
    fc.assert(
      fc.property(instance(schema), (value) => {
        const coerced = structuredClone(value);
        const isValid = ajv(coerced);
        const result = checkSchema(value, schema);
        expect(result.faults.length === 0).toBe(isValid);
        if (isValid) expect(result.value).toEqual(coerced);
      }),
    );
  });
});

describe('scalars are coerced as CloudFormation does', () => {
  it.each<[Json, Schema, Json]>([
    ['30', { type: 'integer' }, 30],
    ['1.5', { type: 'number' }, 1.5],
    ['true', { type: 'boolean' }, true],
    ['false', { type: 'boolean' }, false],
    [30, { type: 'string' }, '30'],
    [true, { type: 'string' }, 'true'],
    ['60', { type: 'integer', enum: [60, 600] }, 60],
  ])('%j for %j', (value, schema, coerced) => {
    expect(checkSchema(value, schema)).toEqual({ value: coerced, faults: [] });
  });

  it.each<[Json, Schema]>([
    ['1.5', { type: 'integer' }],
    ['', { type: 'number' }],
    [true, { type: 'integer' }],
    [1, { type: 'boolean' }],
    ['a', { type: 'array' }],
    [null, { type: 'string' }],
  ])('not %j for %j', (value, schema) => {
    expect(says(value, schema)).toHaveLength(1);
  });
});

describe('messages', () => {
  const list: Schema = {
    type: 'array',
    items: { type: 'object', properties: { A: { type: 'string' } }, additionalProperties: false },
  };
  const keys: Schema = { oneOf: [{ required: ['A'] }, { required: ['B'] }] };

  it.each<[Json, Schema, string]>([
    [5, { minimum: 10 }, ': must be 10 or more, not 5'],
    ['x', { enum: ['a', 'b'] }, ': must be one of a, b, not "x"'],
    ['x', { enum: ['a', 'b'], supported: ['a'] }, ': must be one of a, b, not "x"'],
    ['b', { enum: ['a', 'b'], supported: ['a'] }, ': is "b", which the local twin does not support; it supports a'],
    ['true', { type: 'boolean', supported: [false] }, ': is true, which the local twin does not support; it supports false'],
    ['x', { pattern: '^a' }, ': must match the pattern ^a, not "x"'],
    [{}, { required: ['A'] }, 'A: is missing; add it'],
    [
      { B: 1 },
      { properties: { A: {} }, additionalProperties: false },
      'B: is not supported by the local twin; supported are A; remove it',
    ],
    [
      [{ A: 'x', C: 1 }],
      { anyOf: [{ type: 'string' }, list] },
      '0.C: is not supported by the local twin; supported are A; remove it',
    ],
    [{}, { anyOf: [{ type: 'string' }, list] }, ': must have string or array'],
    [{}, keys, ': must have A or B'],
    [{ A: 1, B: 2 }, keys, ': must have only one of A and B'],
  ])('%j against %j', (value, schema, message) => {
    expect(says(value, schema)).toEqual([message]);
  });

  it('tells what AWS rejects from what only the twin does not support', () => {
    const schema: Schema = { enum: ['a', 'b'], supported: ['a'] };
    const kinds = ['a', 'b', 'c'].map((value) => checkSchema(value, schema).faults.map(({ kind }) => kind));
    expect(kinds).toEqual([[], ['unsupported'], ['invalid']]);
  });

  it('says nothing about what is not resolved yet', () => {
    const schema: Schema = {
      type: 'object',
      properties: { A: { type: 'integer' }, B: { enum: ['x'] }, C: { anyOf: [{ type: 'array' }] } },
    };
    expect(says({ A: unresolved, B: `a-${unresolved}`, C: unresolved }, schema)).toEqual([]);
  });
});

function keywordsOf(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([keyword, value]) => {
    if (keyword === 'properties') return [keyword, ...Object.values(value as object).flatMap(keywordsOf)];
    if (['items', 'additionalProperties', 'propertyNames'].includes(keyword)) return [keyword, ...keywordsOf(value)];
    return [keyword, ...(/^(all|any|one)Of$/.test(keyword) ? (value as unknown[]).flatMap(keywordsOf) : [])];
  });
}

/**
 * Values near what a schema describes, right and wrong. No booleans, nulls, 0 or 1: ajv reads them as one another, which
 * CloudFormation does not.
 */
function instance(schema: Schema | boolean | undefined, depth = 0): fc.Arbitrary<Json> {
  const odd = fc.constantFrom<Json>('', 'x', '12', 'true', 600, 3.5, [], {});
  if (typeof schema !== 'object' || depth > 6) return odd;
  const branches = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].map((branch) => ({
    ...schema,
    ...branch,
    anyOf: [],
    oneOf: [],
  }));
  const variants = branches.length > 0 ? branches : [schema];
  const right = variants.map((variant) => typical(variant, depth));
  return fc.oneof({ weight: 8, arbitrary: fc.oneof(...right) }, { weight: 1, arbitrary: odd });
}

function typical(schema: Schema, depth: number): fc.Arbitrary<Json> {
  const {
    type,
    enum: all,
    supported,
    const: constant,
    properties = {},
    items,
    additionalProperties,
    required = [],
  } = schema;
  if (constant !== undefined) return fc.constant(constant);
  const members = supported ?? all;
  if (members) {
    const supportedOnes = { weight: 8, arbitrary: fc.constantFrom(...members) };
    return fc.oneof(supportedOnes, { weight: 1, arbitrary: fc.constantFrom(...(all ?? members)) });
  }
  const [first] = [type ?? []].flat();
  if (first === 'array') return fc.array(instance(items, depth + 1), { maxLength: 3 });
  if (first === 'object' || first === undefined) {
    const entries = Object.entries(properties).map(([name, value]) => [name, instance(value, depth + 1)] as const);
    const known = fc.record(Object.fromEntries(entries), {
      requiredKeys: required.filter((name) => name in properties),
      noNullPrototype: true,
    });
    const more = fc.dictionary(fc.constantFrom('Other', 'x-y'), instance(additionalProperties, depth + 1), {
      maxKeys: 1,
      noNullPrototype: true,
    });
    return fc
      .tuple(known, fc.oneof({ weight: 6, arbitrary: fc.constant({}) }, more))
      .map(([a, b]): Json => ({ ...b, ...a }) as Json);
  }
  if (first === 'string') return fc.constantFrom<Json>('name', '/path/', 'arn:aws:iam::aws:policy/X', 'sg-1', 'a b', 12, '');
  return fc.constantFrom<Json>(5, '12', 600, 3600, 9.5);
}
