import { LocalError } from '../errors.ts';
import { isObject, type Json, show } from '../json.ts';
import { evaluate, unknownCondition, unsupported } from './evaluate.ts';
import { type Fail, failAt, type Scope } from './scope.ts';

/**
 * Evaluates the Conditions section. Each condition is evaluated once; their order does not matter. Sets `scope.owner` and
 * `scope.condition`. Throws a LocalError that shows the cycle if a condition depends on itself.
 */
export const evaluateConditions = (
  conditions: ReadonlyMap<string, Json>,
  scope: Omit<Scope, 'owner' | 'condition' | 'resources'>,
): ReadonlyMap<string, boolean> => {
  const values = new Map<string, boolean>();
  const resolve = (name: string, path: readonly string[]): boolean | undefined => {
    const known = values.get(name);
    const source = conditions.get(name);
    if (known !== undefined || source === undefined) return known;
    if (path.includes(name)) {
      const circle = [...path.slice(path.indexOf(name)), name].join(' -> ');
      throw new LocalError('CYCLIC_DEPENDENCY', `Conditions: cyclic dependency detected: ${circle}`);
    }
    const value = evaluateCondition(source, {
      ...scope,
      owner: `Conditions.${name}`,
      condition: (other) => resolve(other, [...path, name]),
    });
    values.set(name, value);
    return value;
  };
  for (const name of conditions.keys()) resolve(name, []);
  return values;
};

/** Evaluates one condition of Conditions or Rules. */
export const evaluateCondition = (source: Json, scope: Scope): boolean => {
  const fail = failAt(scope.owner);
  const [name, ...others] = isObject(source) ? Object.keys(source) : [];
  if (!isObject(source) || name === undefined || others.length > 0) {
    return fail('INVALID_TEMPLATE', `a condition is one function such as Fn::Equals, not ${show(source)}`);
  }
  const implementation = functions.get(name) ?? fail('UNSUPPORTED_INTRINSIC', `as a condition, ${unsupported(name)}`);
  return implementation(source[name] ?? null, scope, fail);
};

const functions: ReadonlyMap<string, (argument: Json, scope: Scope, fail: Fail) => boolean> = new Map([
  ['Condition', (argument, scope, fail) => named(argument, scope, fail)],
  ['Fn::And', (argument, scope, fail) => each(operands('Fn::And', argument, fail, 2, 10), scope).every(Boolean)],
  ['Fn::Or', (argument, scope, fail) => each(operands('Fn::Or', argument, fail, 2, 10), scope).some(Boolean)],
  ['Fn::Not', (argument, scope, fail) => !each(operands('Fn::Not', argument, fail, 1, 1), scope).some(Boolean)],
  [
    'Fn::Equals',
    (argument, scope, fail) => {
      const [left, right] = values('Fn::Equals', argument, scope, fail);
      return comparable(left) === comparable(right);
    },
  ],
  [
    'Fn::Contains',
    (argument, scope, fail) => {
      const [members, member] = values('Fn::Contains', argument, scope, fail);
      return listOf('Fn::Contains', members, fail).includes(comparable(member));
    },
  ],
  [
    'Fn::EachMemberEquals',
    (argument, scope, fail) => {
      const [members, member] = values('Fn::EachMemberEquals', argument, scope, fail);
      return listOf('Fn::EachMemberEquals', members, fail).every((item) => item === comparable(member));
    },
  ],
  [
    'Fn::EachMemberIn',
    (argument, scope, fail) => {
      const [members, allowed] = values('Fn::EachMemberIn', argument, scope, fail);
      const set = listOf('Fn::EachMemberIn', allowed, fail);
      return listOf('Fn::EachMemberIn', members, fail).every((item) => set.includes(item));
    },
  ],
]);

const named = (argument: Json, scope: Scope, fail: Fail): boolean => {
  if (typeof argument !== 'string')
    return fail('INVALID_TEMPLATE', `Condition takes the name of a condition, not ${show(argument)}`);
  return scope.condition(argument) ?? fail('UNRESOLVED_REFERENCE', unknownCondition(argument, scope.conditionNames));
};

const operands = (name: string, argument: Json, fail: Fail, least: number, most: number): readonly Json[] => {
  if (Array.isArray(argument) && argument.length >= least && argument.length <= most) return argument;
  return fail(
    'INVALID_TEMPLATE',
    `${name} takes a list of ${least === most ? 'one condition' : `${least} to ${most} conditions`}`,
  );
};

/** Evaluates all operands, even if the first decides, so that a fault in any of them is reported. */
const each = (conditions: readonly Json[], scope: Scope): boolean[] =>
  conditions.map((item) => evaluateCondition(item, scope));

const values = (name: string, argument: Json, scope: Scope, fail: Fail): readonly [Json, Json] => {
  const [left, right, ...rest] = (Array.isArray(argument) ? (argument as Json[]) : []).map((item) => evaluate(item, scope));
  if (left !== undefined && right !== undefined && rest.length === 0) return [left, right];
  return fail('INVALID_TEMPLATE', `${name} takes two values, not ${show(argument)}`);
};

const listOf = (name: string, value: Json, fail: Fail): readonly string[] =>
  Array.isArray(value)
    ? (value as Json[]).map(comparable)
    : fail('INVALID_TEMPLATE', `${name} needs a list, not ${show(value)}`);

/** CloudFormation compares values as strings: 1 equals "1", and true equals "true". */
const comparable = (value: Json): string => (typeof value === 'object' ? JSON.stringify(value) : String(value));
