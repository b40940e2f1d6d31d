import { accepts } from './accepts.ts';
import type { Entity } from './entities.ts';
import type { AttributeSchema, ObjectSchema, Sample, SchemaType } from './entity-schema.ts';

/** Attributes that an entity accepts, for examples and tests: all that its schema names, and those that it has indexes for. */
export const sampleAttributes = ({
  indexes = [],
  schema = { type: 'object' },
}: Entity): Readonly<Record<string, Sample>> => {
  const named = sampleObject(schema);
  const indexed = indexes.filter((name) => !Object.hasOwn(named, name)).map((name) => [name, `${name}-1`] as const);
  return { ...named, ...Object.fromEntries(indexed) };
};

/** A value that a schema accepts, if it accepts any that is easy to make. */
export const sampleOf = (schema: AttributeSchema): Sample => {
  const { type, enum: values } = schema;
  const allowed = values?.find((value) => accepts(schema, value));
  if (allowed !== undefined) return allowed;
  const [first = 'string']: readonly SchemaType[] = typeof type === 'string' ? [type] : (type ?? [typeFor(schema)]);
  switch (first) {
    case 'string':
      return sampleString(schema);
    case 'number':
    case 'integer':
      return sampleNumber(schema, first === 'integer');
    case 'boolean':
      return true;
    case 'null':
      return null;
    case 'array':
      return Array.from(
        { length: Math.min(Math.max(schema.minItems ?? 1, 1), schema.maxItems ?? Number.POSITIVE_INFINITY) },
        () => sampleOf(schema.items ?? {}),
      );
    case 'object':
      return sampleObject(schema);
  }
};

/** The type that the other keywords of a schema are about. */
const typeFor = ({ minimum, maximum, items, minItems, maxItems, properties, required }: AttributeSchema): SchemaType => {
  if (properties ?? required) return 'object';
  if (items !== undefined || minItems !== undefined || maxItems !== undefined) return 'array';
  return minimum !== undefined || maximum !== undefined ? 'number' : 'string';
};

const sampleObject = ({
  properties = {},
  required = [],
  additionalProperties,
}: AttributeSchema | ObjectSchema): Record<string, Sample> => {
  const others = typeof additionalProperties === 'object' ? additionalProperties : {};
  const names = [...new Set([...Object.keys(properties), ...required])];
  return Object.fromEntries(
    names.map((name) => [name, sampleOf((Object.hasOwn(properties, name) && properties[name]) || others)]),
  );
};

const sampleString = ({ minLength = 0, maxLength = Number.POSITIVE_INFINITY }: AttributeSchema): string =>
  'text'.padEnd(minLength, 't').slice(0, maxLength);

const sampleNumber = ({ minimum, maximum }: AttributeSchema, isInteger: boolean): number => {
  if (minimum !== undefined) return isInteger ? Math.ceil(minimum) : minimum;
  const value = Math.min(maximum ?? 1, 1);
  return isInteger ? Math.floor(value) : value;
};
