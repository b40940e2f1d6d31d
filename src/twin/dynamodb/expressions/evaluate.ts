import type { AttributeMap, AttributeValue } from '../attribute-values.ts';
import { beginsWith, compareValues, containsValue, equalValues, typeAndContent } from '../compare-values.ts';
import {
  type Comparator,
  type Condition,
  type FunctionCall,
  isFunctionCall,
  isPath,
  type Operand,
  type Path,
} from './nodes.ts';

/** Returns true if an item meets a condition. If the item lacks an attribute, comparisons are false, and `<>` is true. */
export const meets = (item: AttributeMap, condition: Condition): boolean => {
  switch (condition.type) {
    case 'and':
      return condition.args.every((one) => meets(item, one));
    case 'or':
      return condition.args.some((one) => meets(item, one));
    case 'not':
      return !condition.args.every((one) => meets(item, one));
    case 'between': {
      const [value, lower, upper] = condition.args.map((operand) => resolve(item, operand));
      return isOrdered('>=', value, lower) && isOrdered('<=', value, upper);
    }
    case 'in': {
      const [value, ...others] = condition.args.map((operand) => resolve(item, operand));
      return value !== undefined && others.some((other) => other !== undefined && equalValues(value, other));
    }
    case 'function':
    case 'add':
    case 'subtract':
      return meetsFunction(item, condition);
    default: {
      const [left, right] = condition.args.map((operand) => resolve(item, operand));
      return isOrdered(condition.type, left, right);
    }
  }
};

/** Returns the value at a path of an item, or undefined. */
export const valueAt = (item: AttributeMap, [head, ...rest]: Path): AttributeValue | undefined => {
  let value: AttributeValue | undefined = ownMember(item, head);
  for (const piece of rest) {
    if (value === undefined) return undefined;
    const [type, content] = typeAndContent(value);
    if (typeof piece === 'number') value = type === 'L' ? (content as readonly AttributeValue[])[piece] : undefined;
    else value = type === 'M' ? ownMember(content as AttributeMap, piece) : undefined;
  }
  return value;
};

const ownMember = (map: AttributeMap, name: string): AttributeValue | undefined =>
  Object.hasOwn(map, name) ? map[name] : undefined;

const isOrdered = (comparator: Comparator, left: AttributeValue | undefined, right: AttributeValue | undefined): boolean => {
  if (comparator === '<>') return left === undefined || right === undefined || !equalValues(left, right);
  if (left === undefined || right === undefined) return false;
  if (comparator === '=') return equalValues(left, right);
  const order = compareValues(left, right);
  if (order === undefined) return false;
  switch (comparator) {
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    default:
      return order >= 0;
  }
};

const meetsFunction = (item: AttributeMap, { name, args }: FunctionCall): boolean => {
  const [value, operand] = args.map((one) => resolve(item, one));
  if (name === 'attribute_not_exists') return value === undefined;
  if (value === undefined) return false;
  if (name === 'attribute_exists') return true;
  if (operand === undefined) return false;
  switch (name) {
    case 'attribute_type':
      return typeAndContent(value)[0] === operand.S;
    case 'begins_with':
      return beginsWith(value, operand);
    default:
      return containsValue(value, operand);
  }
};

const resolve = (item: AttributeMap, operand: Operand): AttributeValue | undefined => {
  if (isPath(operand)) return valueAt(item, operand);
  if (!isFunctionCall(operand)) return operand;
  const [argument] = operand.args;
  const value = argument && resolve(item, argument);
  const size = value && sizeOf(value);
  return size === undefined ? undefined : { N: String(size) };
};

/** Returns the value of `size`: the number of characters, bytes or members. Undefined for other types. */
const sizeOf = (value: AttributeValue): number | undefined => {
  const [type, content] = typeAndContent(value);
  switch (type) {
    case 'S':
      return String(content).length;
    case 'B':
      return Buffer.byteLength(String(content), 'base64');
    case 'M':
      return Object.keys(content as object).length;
    case 'L':
    case 'SS':
    case 'NS':
    case 'BS':
      return (content as readonly unknown[]).length;
    default:
      return undefined;
  }
};
