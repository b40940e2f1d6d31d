import type { AttributeMap, AttributeValue } from './attribute-values.ts';
import { beginsWith, compareValues, containsValue, equalValues, typeAndContent } from './compare-values.ts';
import type { LegacyCondition } from './request.ts';
import { validateValue } from './validate-value.ts';

type Conditions = Readonly<Record<string, LegacyCondition>>;

/** Returns true if an item meets all conditions, or, with `OR`, at least one of them. */
export const meetsLegacy = (
  item: AttributeMap,
  conditions: Conditions,
  conditionalOperator: string | undefined,
): boolean => {
  const entries = Object.entries(conditions);
  const meetsOne = ([name, condition]: (typeof entries)[number]): boolean =>
    meetsCondition(Object.hasOwn(item, name) ? item[name] : undefined, condition);
  return conditionalOperator === 'OR' && entries.length > 0 ? entries.some(meetsOne) : entries.every(meetsOne);
};

/** Returns the message with which DynamoDB rejects a filter or key conditions, or undefined. */
export const validateFilter = (conditions: Conditions | undefined): string | undefined =>
  firstFault(conditions, ({ ComparisonOperator: operator = '', AttributeValueList: values = [] }) =>
    validateComparison(operator, values),
  );

/** Returns the message with which DynamoDB rejects the values of `Expected`, or undefined. */
export const validateExpected = (expected: Conditions | undefined): string | undefined =>
  firstFault(expected, ({ ComparisonOperator: operator, AttributeValueList, Value: value }) =>
    operator === undefined
      ? value && validateValue(value)
      : validateComparison(operator, AttributeValueList ?? (value === undefined ? [] : [value])),
  );

const firstFault = (
  conditions: Conditions | undefined,
  faultOf: (condition: LegacyCondition) => string | undefined,
): string | undefined => {
  for (const name in conditions) {
    const fault = faultOf(conditions[name] ?? {});
    if (fault !== undefined) return fault;
  }
  return undefined;
};

const validateComparison = (operator: string, values: readonly AttributeValue[]): string | undefined => {
  for (const value of values) {
    const message = validateValue(value);
    if (message !== undefined) return message;
  }
  const [fewest, most, types] = operators[operator] ?? [0, 0, ''];
  if (values.length < fewest || values.length > most) {
    return `${invalid}: Invalid number of argument(s) for the ${operator} ComparisonOperator`;
  }
  const given = values.map((value) => typeAndContent(value)[0]);
  if (given.some((type) => type !== given[0])) {
    return `${invalid}: AttributeValues inside AttributeValueList must be of same type`;
  }
  const wrong = types === undefined ? undefined : given.find((type) => !types.split(' ').includes(type));
  if (wrong !== undefined) {
    return `${invalid}: ComparisonOperator ${operator} is not valid for ${wrong} AttributeValue type`;
  }
  const [lower, upper] = values;
  if (operator === 'BETWEEN' && lower && upper && (compareValues(lower, upper) ?? 0) > 0) {
    return 'The BETWEEN condition was provided a range where the lower bound is greater than the upper bound';
  }
  return undefined;
};

const meetsCondition = (attribute: AttributeValue | undefined, condition: LegacyCondition): boolean => {
  const { ComparisonOperator: operator = impliedOperator(condition), AttributeValueList, Value } = condition;
  const [value, second] = AttributeValueList ?? (Value === undefined ? [] : [Value]);
  if (operator === 'NULL') return attribute === undefined;
  if (operator === 'NOT_NULL') return attribute !== undefined;
  if (attribute === undefined || value === undefined) return operator === 'NE';
  const order = (): number => compareValues(attribute, value) ?? Number.NaN;
  switch (operator) {
    case 'EQ':
      return equalValues(attribute, value);
    case 'NE':
      return !equalValues(attribute, value);
    case 'LT':
      return order() < 0;
    case 'LE':
      return order() <= 0;
    case 'GT':
      return order() > 0;
    case 'GE':
      return order() >= 0;
    case 'BETWEEN':
      return order() >= 0 && second !== undefined && (compareValues(attribute, second) ?? Number.NaN) <= 0;
    case 'IN':
      return (AttributeValueList ?? []).some((one) => equalValues(attribute, one));
    case 'BEGINS_WITH':
      return beginsWith(attribute, value);
    case 'CONTAINS':
      return containsValue(attribute, value);
    default:
      return !containsValue(attribute, value);
  }
};

/** Returns the operator of a condition of `Expected` that names none. */
const impliedOperator = ({ Exists: exists }: LegacyCondition): string => (exists === false ? 'NULL' : 'EQ');

/** By operator: the minimum and maximum number of values, and their types. Without types, any type is valid. */
const operators: Readonly<Record<string, readonly [fewest: number, most: number, types?: string]>> = {
  NULL: [0, 0],
  NOT_NULL: [0, 0],
  EQ: [1, 1],
  NE: [1, 1],
  LE: [1, 1, 'S N B'],
  LT: [1, 1, 'S N B'],
  GE: [1, 1, 'S N B'],
  GT: [1, 1, 'S N B'],
  CONTAINS: [1, 1, 'S N B BOOL NULL'],
  NOT_CONTAINS: [1, 1, 'S N B BOOL NULL'],
  BEGINS_WITH: [1, 1, 'S B'],
  IN: [1, Number.POSITIVE_INFINITY, 'S N B'],
  BETWEEN: [2, 2, 'S N B'],
};

const invalid = 'One or more parameter values were invalid';
