// Checks attributes against the schema of their entity.

import type { AttributeMap, AttributeValue } from './attribute-value.ts';
import { Problem } from './problem.ts';
import { renderValue } from './stored-item.ts';

/** A schema: keywords of JSON Schema, with types in a list and decimals in their canonical text. */
export interface Schema {
  readonly type?: readonly string[];
  /** Values as JSON text. */
  readonly enum?: readonly string[];
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: string;
  readonly maximum?: string;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
}

/** Throws `invalid-item` for the first violation of the schema. */
export const checkMap = (attributes: AttributeMap, schema: Schema, path = ''): void => {
  const { properties = {}, required = [], additionalProperties = true } = schema;
  const below = path === '' ? '' : `${path}.`;
  for (const name of required) {
    if (!Object.hasOwn(attributes, name)) throw violation(below + name, 'is missing');
  }
  for (const [name, value] of Object.entries(attributes)) {
    const own = Object.hasOwn(properties, name) ? properties[name] : additionalProperties;
    if (own === false)
      throw violation(below + name, `is not one of the attributes: ${listed(Object.keys(properties))}`);
    if (typeof own === 'object') checkValue(value, own, below + name);
  }
};

const checkValue = (value: AttributeValue, schema: Schema, path: string): void => {
  if (schema.type && !schema.type.some((type) => isOfType(value, type))) {
    throw violation(path, `must be ${schema.type.map(nameOfType).join(' or ')}`);
  }
  if (schema.enum && !schema.enum.includes(renderValue(value))) {
    throw violation(path, `must be one of ${listed(schema.enum)}`);
  }
  if ('S' in value) {
    const { minLength, maxLength } = schema;
    // A string iterates over its code points, of which there can be 400,000.
    const length = minLength === undefined && maxLength === undefined ? 0 : [...value.S].length;
    checkSize(length, minLength, maxLength, 'character', path);
  } else if ('N' in value) {
    const { minimum, maximum } = schema;
    if (minimum !== undefined && compareDecimals(value.N, minimum) < 0) {
      throw violation(path, `must be at least ${minimum}`);
    }
    if (maximum !== undefined && compareDecimals(value.N, maximum) > 0) {
      throw violation(path, `must be at most ${maximum}`);
    }
  } else if ('L' in value) {
    const { items } = schema;
    checkSize(value.L.length, schema.minItems, schema.maxItems, 'element', path);
    if (items) value.L.forEach((element, index) => void checkValue(element, items, `${path}[${index}]`));
  } else if ('M' in value) {
    checkMap(value.M, schema, path);
  }
};

const checkSize = (
  size: number,
  least: number | undefined,
  most: number | undefined,
  unit: string,
  path: string,
): void => {
  const counted = (count: number): string => `${count} ${unit}${count === 1 ? '' : 's'}`;
  if (least !== undefined && size < least) throw violation(path, `must have at least ${counted(least)}`);
  if (most !== undefined && size > most) throw violation(path, `must have at most ${counted(most)}`);
};

const isOfType = (value: AttributeValue, type: string): boolean => {
  switch (type) {
    case 'string':
      return 'S' in value;
    case 'number':
      return 'N' in value;
    case 'integer':
      // Numbers in their canonical text: only integers have a positive exponent.
      return 'N' in value && /^-?\d+$|e\d/.test(value.N);
    case 'boolean':
      return 'BOOL' in value;
    case 'array':
      return 'L' in value;
    case 'object':
      return 'M' in value;
    default:
      return 'NULL' in value;
  }
};

const nameOfType = (type: string): string => {
  if (type === 'boolean') return 'true or false';
  if (type === 'null') return type;
  return /^[aio]/.test(type) ? `an ${type}` : `a ${type}`;
};

const listed = (names: readonly string[]): string => names.join(', ').slice(0, 200);

/** Names come from the client and may be long. */
const violation = (path: string, fault: string): Problem =>
  new Problem('invalid-item', `${path.slice(0, 200)} ${fault}.`);

/** Compares two numbers in their canonical text: negative if the first is less, 0 if they are equal. */
const compareDecimals = (one: string, other: string): number => {
  const [a, b] = [partsOf(one), partsOf(other)];
  if (a.sign !== b.sign) return a.sign - b.sign;
  if (a.magnitude !== b.magnitude) return a.sign * (a.magnitude - b.magnitude);
  if (a.digits === b.digits) return 0;
  return a.digits < b.digits ? -a.sign : a.sign;
};

/** Sign, power of ten of the first significant digit, and all significant digits. */
const partsOf = (text: string): { sign: number; magnitude: number; digits: string } => {
  const [number = '', exponent = '0'] = text.replace(/^-/, '').split('e');
  const [whole = '', fraction = ''] = number.split('.');
  const digits = (whole + fraction).replace(/^0+/, '');
  return {
    sign: digits === '' ? 0 : text.startsWith('-') ? -1 : 1,
    magnitude: digits.length - fraction.length - 1 + Number(exponent),
    digits: digits.replace(/0+$/, ''),
  };
};
