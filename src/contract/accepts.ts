import type { AttributeSchema, Sample, SchemaType } from './entity-schema.ts';

/** True if a schema accepts a value. The functions say more, and compare numbers as decimals; this one is for samples. */
export const accepts = (schema: AttributeSchema, value: Sample): boolean => {
  const { type, enum: values } = schema;
  if (type !== undefined && ![type].flat().some((one) => isOfType(value, one))) return false;
  if (values !== undefined && !values.some((one) => one === value)) return false;
  if (typeof value === 'string') return isWithin([...value].length, schema.minLength, schema.maxLength);
  if (typeof value === 'number') return isWithin(value, schema.minimum, schema.maximum);
  if (Array.isArray(value)) {
    const { items = {}, minItems, maxItems } = schema;
    return isWithin(value.length, minItems, maxItems) && value.every((element) => accepts(items, element));
  }
  if (value === null || typeof value === 'boolean') return true;
  const { properties = {}, required = [], additionalProperties = true } = schema;
  return (
    required.every((name) => Object.hasOwn(value, name)) &&
    Object.entries(value as Readonly<Record<string, Sample>>).every(([name, member]) => {
      const own = Object.hasOwn(properties, name) ? properties[name] : additionalProperties;
      return typeof own === 'object' ? accepts(own, member) : own;
    })
  );
};

const isOfType = (value: Sample, type: SchemaType): boolean => {
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'array') return Array.isArray(value);
  if (type === 'null') return value === null;
  if (type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value);
  return typeof value === type;
};

const isWithin = (size: number, least = Number.NEGATIVE_INFINITY, most = Number.POSITIVE_INFINITY): boolean =>
  size >= least && size <= most;
