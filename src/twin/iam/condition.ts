import { LocalError } from '../../cloudformation/errors.ts';
import { type ConditionContext, conditionKeys } from './condition-context.ts';
import type { PolicyStatement } from './policy-document.ts';
import { expand } from './policy-variables.ts';
import { literal, wildcard } from './wildcard.ts';

type Conditions = NonNullable<PolicyStatement['Condition']>;

/**
 * Returns true if all conditions of a statement match: every operator, every key of it, any value of a key. `variables` is true
 * if the policy version supports policy variables.
 */
export const holds = (conditions: Conditions, context: ConditionContext, variables: boolean): boolean =>
  Object.entries(conditions).every(([operator, keys]) =>
    Object.entries(keys).every(([key, values]) => {
      const wanted = variables ? withValues(operator, [values].flat(), context) : [values].flat();
      return holdsFor(operator, context.get(key.toLowerCase()), wanted);
    }),
  );

/** Rejects operators that IAM does not define, whatever the service of the statement, with IAM's message. */
export const checkOperators = (owner: string, conditions: Conditions): void => {
  const unknown = Object.keys(conditions).find((operator) => !iamOperator.test(operator));
  if (unknown === undefined) return;
  const message = `${owner}: ${unknown} is not a condition operator. "Syntax errors in policy": name one of IAM's, such as StringEquals`;
  throw new LocalError('INVALID_PROPERTY', message);
};

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
const iamOperator = new RegExp(
  `^(ForAllValues:|ForAnyValue:)?(${[
    'String(Not)?(Equals(IgnoreCase)?|Like)',
    '(Numeric|Date)((Not)?Equals|(LessThan|GreaterThan)(Equals)?)',
    'Arn(Not)?(Equals|Like)',
    '(Not)?IpAddress',
    'Bool|BinaryEquals',
  ].join('|')})(IfExists)?$|^(ForAllValues:|ForAnyValue:)?Null$`,
  // Case is ignored: no documentation says that operators are case-sensitive in IAM.
  'i',
);

/** Rejects operators and keys that the twin cannot evaluate. `owner` is the resource with the policy. */
export const checkConditions = (owner: string, conditions: Conditions): void => {
  for (const [operator, keys] of Object.entries(conditions)) {
    const { name, ifExists } = parse(operator);
    // "You can add IfExists to the end of any condition operator name except the Null condition."
    if (name === 'Null' ? ifExists : !Object.hasOwn(operators, name)) {
      const known = [...Object.keys(operators), 'Null'].join(', ');
      const message = `${owner}: the condition operator ${operator} is not supported by the local twin; supported are ${known}`;
      throw new LocalError('UNSUPPORTED_PROPERTY', message);
    }
    for (const key of Object.keys(keys)) {
      if (conditionKeys.has(key.toLowerCase())) continue;
      const message = `${owner}: the condition key ${key} is not supported by the local twin; supported are ${[...conditionKeys].join(', ')}`;
      throw new LocalError('UNSUPPORTED_PROPERTY', message);
    }
  }
};

const holdsFor = (operator: string, actual: readonly string[] | undefined, wanted: readonly string[]): boolean => {
  const { name, quantifier, ifExists } = parse(operator);
  if (name === 'Null') return wanted.some((value) => (value.toLowerCase() === 'true') === (actual === undefined));
  const compare = operators[name];
  if (!compare) throw new LocalError('UNSUPPORTED_PROPERTY', `the condition operator ${operator} is not supported`);
  // Missing key: IfExists and negated operators match. With a quantifier, ForAllValues matches and ForAnyValue does not.
  if (actual === undefined) return ifExists || (quantifier ? quantifier === 'ForAllValues' : compare.negated);
  const one = (value: string): boolean => wanted.some((candidate) => compare.test(value, candidate)) !== compare.negated;
  return quantifier === 'ForAllValues' ? actual.every(one) : actual.some(one);
};

/**
 * Returns the values of a condition with policy variables replaced. A value with an unresolved variable is removed: it matches
 * nothing.
 */
const withValues = (operator: string, values: readonly string[], context: ConditionContext): readonly string[] => {
  const { name } = parse(operator);
  if (!/^(String|Arn)/.test(name)) return values;
  const quote = /Like$|^Arn/.test(name) ? literal : undefined;
  return values.flatMap((value) => expand(value, context, quote) ?? []);
};

interface Operator {
  readonly name: string;
  readonly quantifier: string | undefined;
  readonly ifExists: boolean;
}

const parse = (operator: string): Operator => {
  const known = parsed.get(operator);
  if (known !== undefined) return known;
  const [, quantifier, name = operator, ifExists] =
    /^(?:(ForAllValues|ForAnyValue):)?(.*?)(IfExists)?$/.exec(operator) ?? [];
  const made = { name, quantifier, ifExists: ifExists !== undefined };
  // Only supported operators are cached: there are few of them.
  if (name === 'Null' || Object.hasOwn(operators, name)) parsed.set(operator, made);
  return made;
};

const parsed = new Map<string, Operator>();

interface Comparison {
  readonly test: (actual: string, wanted: string) => boolean;
  readonly negated: boolean;
}

const pair = (name: string, test: Comparison['test']): [string, Comparison][] => [
  [name, { test, negated: false }],
  [name.replace(/^(String|Arn|Numeric|Date)/, '$1Not'), { test, negated: true }],
];

const like: Comparison['test'] = (actual, wanted) => wildcard(wanted).test(actual);

const operators: Readonly<Record<string, Comparison>> = Object.fromEntries([
  ...pair('StringEquals', (actual, wanted) => actual === wanted),
  ...pair('StringEqualsIgnoreCase', (actual, wanted) => actual.toLowerCase() === wanted.toLowerCase()),
  ...pair('StringLike', like),
  // "ArnEquals and ArnLike behave identically" (IAM User Guide). A wildcard matches within its colon-delimited part only.
  ...pair('ArnEquals', (actual, wanted) => likeArn(actual, wanted)),
  ...pair('ArnLike', (actual, wanted) => likeArn(actual, wanted)),
  ['Bool', { test: (actual, wanted) => actual.toLowerCase() === wanted.toLowerCase(), negated: false }],
]);

const likeArn = (actual: string, wanted: string): boolean => {
  const [parts, patterns] = [arnParts(actual), arnParts(wanted)];
  return parts.length === patterns.length && parts.every((part, index) => like(part, patterns[index] ?? ''));
};

/** Returns the six parts of an ARN. The last part can contain colons. */
const arnParts = (arn: string): string[] => {
  const parts = arn.split(':');
  return [...parts.slice(0, 5), parts.slice(5).join(':')];
};
