import { LocalError } from '../errors.ts';
import { wildcard } from '../wildcard.ts';
import type { PolicyStatement } from './policy-document.ts';

/** Values of condition keys for a request, by the key's name in lower case. A key without an entry is not in the request. */
export type ConditionContext = ReadonlyMap<string, readonly string[]>;

type Conditions = NonNullable<PolicyStatement['Condition']>;

/** Whether all conditions of a statement hold: all operators, all keys of each, any of the values of a key. */
export const holds = (conditions: Conditions, context: ConditionContext): boolean =>
  Object.entries(conditions).every(([operator, keys]) =>
    Object.entries(keys).every(([key, values]) => holdsFor(operator, context.get(key.toLowerCase()), [values].flat())),
  );

/** Refuses operators and keys that the twin could only guess at; `owner` is the resource that has the policy. */
export const checkConditions = (owner: string, conditions: Conditions): void => {
  for (const [operator, keys] of Object.entries(conditions)) {
    const { name } = parse(operator);
    if (!Object.hasOwn(operators, name) && name !== 'Null') {
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

/** Keys whose values the twin knows for a request of a function; whether a key is present counts, too. */
export const conditionKeys: ReadonlySet<string> = new Set([
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principaltype',
  'aws:requestedregion',
  'aws:resourceaccount',
  'aws:securetransport',
  'aws:sourceaccount',
  'aws:sourcearn',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:userid',
  'lambda:sourcefunctionarn',
]);

const holdsFor = (operator: string, actual: readonly string[] | undefined, wanted: readonly string[]): boolean => {
  const { name, quantifier, ifExists } = parse(operator);
  if (name === 'Null') return wanted.some((value) => (value === 'true') === (actual === undefined));
  const compare = operators[name];
  if (!compare) throw new LocalError('UNSUPPORTED_PROPERTY', `the condition operator ${operator} is not supported`);
  // A key that the request lacks meets what is negated, and what is asked only if it exists.
  if (actual === undefined) return ifExists || compare.negated || quantifier === 'ForAllValues';
  const one = (value: string): boolean => wanted.some((candidate) => compare.test(value, candidate)) !== compare.negated;
  return quantifier === 'ForAllValues' ? actual.every(one) : actual.some(one);
};

const parse = (operator: string): { name: string; quantifier: string | undefined; ifExists: boolean } => {
  const [, quantifier, name = operator, ifExists] =
    /^(?:(ForAllValues|ForAnyValue):)?(.*?)(IfExists)?$/.exec(operator) ?? [];
  return { name, quantifier, ifExists: ifExists !== undefined };
};

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
  // "ArnEquals and ArnLike behave identically" (IAM User Guide); a wildcard stays within its colon-delimited part.
  ...pair('ArnEquals', (actual, wanted) => likeArn(actual, wanted)),
  ...pair('ArnLike', (actual, wanted) => likeArn(actual, wanted)),
  ['Bool', { test: (actual, wanted) => actual.toLowerCase() === wanted.toLowerCase(), negated: false }],
]);

const likeArn = (actual: string, wanted: string): boolean => {
  const [parts, patterns] = [arnParts(actual), arnParts(wanted)];
  return parts.length === patterns.length && parts.every((part, index) => like(part, patterns[index] ?? ''));
};

/** The six parts of an ARN; the last may have colons of its own. */
const arnParts = (arn: string): string[] => {
  const parts = arn.split(':');
  return [...parts.slice(0, 5), parts.slice(5).join(':')];
};
