import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { parseModelSchema } from '../../../src/twin/gateway/model-schema.ts';

const { resolve } = createRequire(import.meta.url);
const metaSchema = readFileSync(resolve('ajv-draft-04/dist/refs/json-schema-draft-04.json'), 'utf8');

describe('parseModelSchema', () => {
  it('takes every keyword that draft 4 has, as the schema of its schemas lists them', () => {
    const { properties } = JSON.parse(metaSchema);
    const listed = Object.keys(properties);
    expect(listed.length).toBeGreaterThan(30);
    const schema = Object.fromEntries(listed.filter((keyword) => keyword !== '$schema').map((keyword) => [keyword, {}]));
    expect(parseModelSchema('M', { ...schema, $ref: '#' })).toEqual({ ...schema, $ref: '#' });
    expect(parseModelSchema('M', metaSchema)).toEqual(JSON.parse(metaSchema));
  });

  it.each([
    ['names of properties', { properties: { example: { type: 'string' } }, patternProperties: { if: {} } }],
    ['names of definitions', { definitions: { const: { type: 'object' } } }],
    ['names that others depend on', { dependencies: { example: ['const'] } }],
    ['values', { enum: [{ requierd: 1 }], default: { $id: 'x' } }],
    ['booleans where schemas may be', { additionalProperties: false, additionalItems: false }],
  ])('takes %s for what they are', (_name, schema) => {
    expect(parseModelSchema('M', schema)).toBe(schema);
  });

  it.each([
    [{ requierd: ['a'] }, 'requierd'],
    [{ $id: 'https://a.example/b' }, '$id'],
    [{ constructor: 1 }, 'constructor'],
    [{ properties: { a: { example: 'x' } } }, 'properties.a.example'],
    [{ patternProperties: { '^a': { const: 1 } } }, 'patternProperties.^a.const'],
    [{ definitions: { a: { examples: [] } } }, 'definitions.a.examples'],
    [{ dependencies: { a: { if: {} } } }, 'dependencies.a.if'],
    [{ items: { contains: {} } }, 'items.contains'],
    [{ items: [{}, { readOnly: true }] }, 'items.1.readOnly'],
    [{ additionalItems: { nullable: true } }, 'additionalItems.nullable'],
    [{ additionalProperties: { discriminator: 'a' } }, 'additionalProperties.discriminator'],
    [{ not: { dependentRequired: {} } }, 'not.dependentRequired'],
    [{ allOf: [{ anyOf: [{ oneOf: [{ propertyNames: {} }] }] }] }, 'allOf.0.anyOf.0.oneOf.0.propertyNames'],
  ])('rejects the keyword in %j, and says where it is', (schema, place) => {
    const keyword = place.split('.').at(-1);
    expect(() => parseModelSchema('M', JSON.stringify(schema))).toThrow(
      `Invalid model specified: the schema of M cannot be used: Invalid model schema specified. Unsupported keyword(s): ["${keyword}"], found at ${place};`,
    );
  });

  it('names each keyword once, and every place', () => {
    const schema = { example: 1, properties: { a: { example: 2 }, b: { const: 3 } } };
    expect(() => parseModelSchema('M', schema)).toThrow(
      'Unsupported keyword(s): ["example","const"], found at example, properties.a.example, properties.b.const;',
    );
  });
});
