import { accepts } from './accepts.ts';
import type { Entity } from './entities.ts';
import type { AttributeSchema, Sample } from './entity-schema.ts';
import { sampleAttributes } from './sample.ts';

/** Attributes that a schema does not allow, with the path that the problem names. */
export interface Violation {
  readonly keyword: string;
  readonly path: string;
  readonly attributes: Readonly<Record<string, Sample>>;
}

/** For each keyword of a schema of an entity that can be violated alone, attributes that violate it and nothing else. */
export const violationsOf = (entity: Entity): Violation[] => {
  const { schema } = entity;
  if (schema === undefined) return [];
  return violationsIn(schema, sampleAttributes(entity), '')
    .map(({ value, ...one }) => ({ ...one, attributes: asObject(value) }))
    .filter(({ attributes }) => !accepts(schema, attributes) && JSON.stringify(attributes).length < largest);
};

/** Characters of JSON; a body that is larger may be rejected for its size. */
const largest = 100_000;

interface Wrong {
  readonly keyword: string;
  readonly path: string;
  readonly value: Sample;
}

const asObject = (value: Sample): Readonly<Record<string, Sample>> => value as Readonly<Record<string, Sample>>;

/** Changes of a valid value that make it invalid. */
const violationsIn = (schema: AttributeSchema, valid: Sample, path: string): Wrong[] => {
  if (typeof valid === 'object' && valid !== null && !Array.isArray(valid)) return inObject(schema, asObject(valid), path);
  const { minLength = 0, maxLength, minimum, maximum, items, minItems = 0, maxItems } = schema;
  const wrong = (keyword: string, value: Sample): Wrong[] => [{ keyword, path, value }];
  // An enumeration has no other value of the same type, unless it is made up.
  const isFree = schema.enum === undefined;
  return [
    ...(schema.type === undefined ? [] : wrong('type', otherThan(schema.type))),
    ...(isFree
      ? []
      : schema.enum?.every((value) => typeof value === 'string')
        ? wrong('enum', `${schema.enum.join('')}?`)
        : []),
    ...(isFree && typeof valid === 'string' && minLength > 0 ? wrong('minLength', '\u{1f4a1}'.repeat(minLength - 1)) : []),
    ...(isFree && typeof valid === 'string' && maxLength !== undefined ? wrong('maxLength', 'x'.repeat(maxLength + 1)) : []),
    ...(isFree && typeof valid === 'number' && minimum !== undefined ? wrong('minimum', minimum - 1) : []),
    ...(isFree && typeof valid === 'number' && maximum !== undefined ? wrong('maximum', maximum + 1) : []),
    ...(Array.isArray(valid) && minItems > 0 ? wrong('minItems', valid.slice(0, minItems - 1)) : []),
    ...(Array.isArray(valid) && maxItems !== undefined
      ? wrong(
          'maxItems',
          Array.from({ length: maxItems + 1 }, () => valid[0] ?? null),
        )
      : []),
    ...(Array.isArray(valid) && items !== undefined && valid.length > 0
      ? violationsIn(items, valid[0] as Sample, `${path}[0]`).map((one) => ({
          ...one,
          value: [one.value, ...valid.slice(1)],
        }))
      : []),
  ];
};

const inObject = (
  { type, properties = {}, required = [], additionalProperties }: AttributeSchema,
  valid: Readonly<Record<string, Sample>>,
  path: string,
): Wrong[] => {
  const at = (name: string): string => (path === '' ? name : `${path}.${name}`);
  return [
    ...(path === '' || type === undefined ? [] : [{ keyword: 'type', path, value: otherThan(type) }]),
    ...required.map((name) => {
      const { [name]: _, ...value } = valid;
      return { keyword: 'required', path: at(name), value };
    }),
    ...(additionalProperties === false
      ? [{ keyword: 'additionalProperties', path: at(surprise), value: { ...valid, [surprise]: 1 } }]
      : []),
    ...Object.entries(properties).flatMap(([name, own]) =>
      violationsIn(own, valid[name] ?? null, at(name)).map((one) => ({ ...one, value: { ...valid, [name]: one.value } })),
    ),
  ];
};

/** A name that no schema has. */
const surprise = 'not in the schema';

/** A value of none of these types. */
const otherThan = (type: NonNullable<AttributeSchema['type']>): Sample => {
  const candidates = { boolean: true, string: 'text', null: null, object: {}, array: [], number: 0.5 } as const;
  const types: readonly string[] = [type].flat();
  const free = Object.entries(candidates).find(
    ([name]) => !types.includes(name) && !(name === 'number' && types.includes('integer')),
  );
  return free?.[1] ?? 0.5;
};
