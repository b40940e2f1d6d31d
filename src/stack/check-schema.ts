import { accepts } from '../contract/accepts.ts';
import type { AttributeSchema, Sample, SchemaType } from '../contract/entity-schema.ts';
import { serverOwnedAttributes } from '../contract/item.ts';
import { sampleOf } from '../contract/sample.ts';
import type { SynthError } from './code/synth-error.ts';

/** Throws what `fault` makes of a text, unless the functions can check the schema of an entity, and something can satisfy it. */
export const checkSchema = (schema: unknown, fault: (text: string) => SynthError): void => {
  const root = checkNode(schema, 'schema', fault);
  if (root.type !== 'object') throw fault("schema.type must be 'object': an item is a set of named attributes");
  for (const keyword of ['enum', ...bounds.flatMap(({ least, most }) => [least, most])]) {
    if (keyword in root) throw fault(`schema.${keyword} has no meaning for an object: remove it`);
  }
  for (const name of [...Object.keys(root.properties ?? {}), ...(root.required ?? [])]) {
    if ((serverOwnedAttributes as readonly string[]).includes(name)) {
      throw fault(`schema names ${name}, which is an attribute of the server: a schema is for attributes of clients`);
    }
  }
  const sample = sampleOf(root);
  if (!accepts(root, sample)) {
    throw fault(`schema accepts nothing that is easy to make, such as ${JSON.stringify(sample)}: see to its bounds`);
  }
};

const types: readonly SchemaType[] = ['string', 'number', 'integer', 'boolean', 'null', 'array', 'object'];

const bounds = [
  { least: 'minLength', most: 'maxLength', isCount: true },
  { least: 'minItems', most: 'maxItems', isCount: true },
  { least: 'minimum', most: 'maximum', isCount: false },
] as const;

const keywords: readonly string[] = [
  'type',
  'enum',
  ...bounds.flatMap(({ least, most }) => [least, most]),
  'items',
  'properties',
  'required',
  'additionalProperties',
];

const checkNode = (node: unknown, path: string, fault: (text: string) => SynthError): AttributeSchema => {
  if (!isObject(node)) throw fault(`${path} must be an object of keywords`);
  const unknown = Object.keys(node).find((keyword) => !keywords.includes(keyword));
  if (unknown !== undefined) {
    throw fault(`${path}.${unknown} is not supported: the keywords are ${keywords.join(', ')}`);
  }
  const schema = node as AttributeSchema;
  checkType(schema, path, fault);
  checkEnum(schema, path, fault);
  for (const bound of bounds) checkBound(schema, bound, path, fault);
  checkMembers(schema, path, fault);
  return schema;
};

const checkType = ({ type }: AttributeSchema, path: string, fault: (text: string) => SynthError): void => {
  if (type === undefined) return;
  const list: readonly SchemaType[] = typeof type === 'string' ? [type] : type;
  if (!Array.isArray(list) || list.length === 0 || list.some((one) => !types.includes(one))) {
    throw fault(`${path}.type must be one of ${types.join(', ')}, or a list of them`);
  }
};

/** The functions compare values as JSON text, in which a number has one form if it is plain. */
const checkEnum = (schema: AttributeSchema, path: string, fault: (text: string) => SynthError): void => {
  const { enum: values } = schema;
  if (values === undefined) return;
  if (!Array.isArray(values) || values.length === 0) throw fault(`${path}.enum must be a list of at least one value`);
  for (const value of values as readonly unknown[]) {
    if (typeof value === 'object' && value !== null) {
      throw fault(`${path}.enum takes strings, numbers, booleans and null, and not ${JSON.stringify(value)}`);
    }
    if (typeof value === 'number' && !/^-?\d{1,15}(\.\d{1,7})?$/.test(String(value))) {
      throw fault(`${path}.enum has ${value}: numbers in it have at most 15 digits before the point and 7 behind it`);
    }
    if (!accepts(schema, value as Sample)) {
      throw fault(`${path}.enum has ${JSON.stringify(value)}, which its other keywords do not allow: correct one of them`);
    }
  }
};

const checkBound = (
  schema: AttributeSchema,
  { least, most, isCount }: (typeof bounds)[number],
  path: string,
  fault: (text: string) => SynthError,
): void => {
  for (const keyword of [least, most]) {
    const value: unknown = schema[keyword];
    if (value === undefined) continue;
    if (typeof value !== 'number' || !Number.isFinite(value)) throw fault(`${path}.${keyword} must be a number`);
    if (isCount && (!Number.isInteger(value) || value < 0)) throw fault(`${path}.${keyword} must be a whole number from 0`);
    if (value !== 0 && (Math.abs(value) < 1e-130 || Math.abs(value) > 9.99e125)) {
      throw fault(`${path}.${keyword} is ${value}, and numbers of DynamoDB are between 1E-130 and 9.99E+125`);
    }
  }
  const [low = Number.NEGATIVE_INFINITY, high = Number.POSITIVE_INFINITY] = [schema[least], schema[most]];
  if (low > high) throw fault(`${path}.${least} is more than ${path}.${most}: no value can satisfy both`);
};

const checkMembers = (
  { items, properties, required, additionalProperties }: AttributeSchema,
  path: string,
  fault: (text: string) => SynthError,
): void => {
  if (items !== undefined) checkNode(items, `${path}.items`, fault);
  if (properties !== undefined && !isObject(properties)) throw fault(`${path}.properties must be an object of schemas`);
  const unusable = [...Object.keys(properties ?? {}), ...[required ?? []].flat()].find(
    (name) => name === '' || name === '__proto__',
  );
  if (unusable !== undefined) throw fault(`${path} names an attribute ${JSON.stringify(unusable)}: choose another name`);
  for (const [name, own] of Object.entries(properties ?? {})) checkNode(own, `${path}.properties.${name}`, fault);
  if (required !== undefined && !(Array.isArray(required) && required.every((name) => typeof name === 'string'))) {
    throw fault(`${path}.required must be a list of names`);
  }
  if (additionalProperties !== undefined && typeof additionalProperties !== 'boolean') {
    checkNode(additionalProperties, `${path}.additionalProperties`, fault);
  }
  const missing = required?.find((name) => !Object.hasOwn(properties ?? {}, name) && additionalProperties === false);
  if (missing !== undefined) {
    throw fault(`${path}.required has ${missing}, which ${path}.properties lacks and additionalProperties: false forbids`);
  }
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
