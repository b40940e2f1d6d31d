import type { AttributeMap, AttributeValue } from './attribute-values.ts';
import { typeAndContent } from './compare-values.ts';
import { valueAt } from './expressions/evaluate.ts';
import { isFunctionCall, isPath, type Operand, type Path, type UpdateAction } from './expressions/nodes.ts';
import { calculate } from './numbers.ts';
import type { Request } from './request.ts';

/** An update that does not fit the stored item. The message is DynamoDB's. */
export class UpdateFault extends Error {}

/** The attributes of an item. An update changes them in place. */
export type MutableItem = Record<string, AttributeValue>;

/**
 * Applies the actions of an update expression to a copy of the stored item. Operands and list indexes refer to the item before
 * the update. Throws an UpdateFault if the item does not fit the update.
 */
export const applyActions = (item: MutableItem, actions: readonly UpdateAction[]): void => {
  const values = actions.map((action) => (action.type === 'set' ? copied(resolve(action.val, item)) : undefined));
  const changedLists = new Set<(AttributeValue | undefined)[]>();
  for (const [index, action] of actions.entries()) {
    const place = placeOf(item, action.path);
    switch (action.type) {
      case 'set':
        place.put(values[index] as AttributeValue);
        break;
      case 'remove':
        place.put(undefined);
        break;
      case 'add':
        place.put(sum(place.value, action.val, wrongOperand));
        break;
      case 'delete':
        place.put(difference(place.value, action.val, wrongOperand));
    }
    if (place.list !== undefined) changedLists.add(place.list);
  }
  // Elements set beyond the end of a list are appended in the order of their indexes. Removed elements leave no gap.
  for (const list of changedLists) list.splice(0, list.length, ...list.filter((element) => element !== undefined));
};

/** Applies `AttributeUpdates` to a copy of the stored item. Throws an UpdateFault if the item does not fit the updates. */
export const applyAttributeUpdates = (item: MutableItem, updates: NonNullable<Request['AttributeUpdates']>): void => {
  for (const [name, { Action: action = 'PUT', Value: value }] of Object.entries(updates)) {
    const before = Object.hasOwn(item, name) ? item[name] : undefined;
    const after = ((): AttributeValue | undefined => {
      if (value === undefined || action === 'PUT') return value;
      return action === 'ADD' ? sum(before, value, wrongType) : difference(before, value, wrongType);
    })();
    if (after === undefined) delete item[name];
    else item[name] = after;
  }
};

/** A place in an item that an action changes. `put(undefined)` removes the value. */
interface Place {
  readonly value: AttributeValue | undefined;
  readonly list?: (AttributeValue | undefined)[];
  put(value: AttributeValue | undefined): void;
}

const placeOf = (item: MutableItem, path: Path): Place => {
  const last = path.at(-1) ?? '';
  const parent = path.length === 1 ? { M: item } : valueAt(item, path.slice(0, -1) as unknown as Path);
  const [type, content] = typeAndContent(parent ?? {});
  if (typeof last === 'number' && type === 'L') {
    const list = content as (AttributeValue | undefined)[];
    return {
      value: list[last],
      list,
      put: (value) => {
        if (value !== undefined || last < list.length) list[last] = value;
      },
    };
  }
  if (typeof last !== 'string' || type !== 'M') throw new UpdateFault(invalidPath);
  const map = content as MutableItem;
  return {
    value: Object.hasOwn(map, last) ? map[last] : undefined,
    put: (value) => {
      if (value === undefined) delete map[last];
      else map[last] = value;
    },
  };
};

const resolve = (operand: Operand, item: AttributeMap): AttributeValue => {
  if (isPath(operand)) return valueAt(item, operand) ?? fail(missingAttribute);
  if (!isFunctionCall(operand)) return operand;
  const [first, second] = operand.args as readonly [Operand, Operand];
  if (operand.name === 'if_not_exists') return (isPath(first) && valueAt(item, first)) || resolve(second, item);
  // DynamoDB validates the first operand before it resolves the second one.
  const type = operand.name === 'list_append' ? 'L' : 'N';
  const left = ofType(type, resolve(first, item));
  const right = ofType(type, resolve(second, item));
  if (type === 'L') return { L: [...(left as readonly unknown[]), ...(right as readonly unknown[])] };
  return numberOf(calculate(String(left), operand.type === 'add' ? '+' : '-', String(right)));
};

/** Returns the content of a value of the given type. */
const ofType = (type: 'L' | 'N', value: AttributeValue): unknown => value[type] ?? fail(wrongOperand);

/** Returns the result of ADD: the sum of two numbers, or a set or list with the added members. */
const sum = (before: AttributeValue | undefined, value: AttributeValue, mismatch: string): AttributeValue => {
  const [type, content] = typeAndContent(value);
  if (before === undefined) return value;
  const [typeBefore, contentBefore] = typeAndContent(before);
  if (typeBefore !== type) throw new UpdateFault(mismatch);
  if (type === 'N') return numberOf(calculate(String(contentBefore), '+', String(content)));
  const members = contentBefore as readonly unknown[];
  const added = content as readonly unknown[];
  return { [type]: type === 'L' ? [...members, ...added] : [...new Set([...members, ...added])] };
};

/** Returns the set that remains after DELETE, or undefined if it is empty. */
const difference = (
  before: AttributeValue | undefined,
  value: AttributeValue,
  mismatch: string,
): AttributeValue | undefined => {
  if (before === undefined) return undefined;
  const [type, content] = typeAndContent(value);
  const [typeBefore, contentBefore] = typeAndContent(before);
  if (typeBefore !== type) throw new UpdateFault(mismatch);
  const removed = new Set(content as readonly string[]);
  const members = (contentBefore as readonly string[]).filter((member) => !removed.has(member));
  return members.length === 0 ? undefined : { [type]: members };
};

/** Returns a copy: one value may be written to several places, and later actions may change each of them. */
const copied = (value: AttributeValue): AttributeValue => structuredClone(value);

const numberOf = (result: ReturnType<typeof calculate>): AttributeValue =>
  'fault' in result ? fail(result.fault) : { N: result.number };

const fail = (message: string): never => {
  throw new UpdateFault(message);
};

const invalidPath = 'The document path provided in the update expression is invalid for update';
const missingAttribute = 'The provided expression refers to an attribute that does not exist in the item';
const wrongOperand = 'An operand in the update expression has an incorrect data type';
const wrongType = 'Type mismatch for attribute to update';
