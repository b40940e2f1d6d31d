import { didYouMean } from '../../text/nearest.ts';
import { isObject, type Json, show } from '../json.ts';
import { functions } from './functions.ts';
import { type Fail, failAt, type Scope } from './scope.ts';

/**
 * Evaluates every intrinsic function in a value. Returns a copy that the caller may change. Undefined stands for `AWS::NoValue`,
 * which removes the property or list entry. Has no side effects except those of `scope`.
 */
export const evaluate = (value: Json, scope: Scope, path = ''): Json | undefined => {
  if (Array.isArray(value)) {
    return value.map((item: Json, index) => evaluate(item, scope, within(path, index))).filter((item) => item !== undefined);
  }
  if (!isObject(value)) return value;
  const name = intrinsicName(value);
  if (name !== undefined) return copy(call(name, value[name] ?? null, scope, path));
  const entries = Object.entries(value).map(([key, item]) => [key, evaluate(item, scope, within(path, key))] as const);
  return Object.fromEntries(entries.flatMap(([key, item]) => (item === undefined ? [] : [[key, item]])));
};

/** Returns the intrinsic function that a map calls. checkReferences reports other keys beside it. */
export const intrinsicName = (value: Json): string | undefined =>
  isObject(value) ? Object.keys(value).find((key) => key === 'Ref' || key.startsWith('Fn::')) : undefined;

/** Returns the reason why a function cannot be evaluated, as text that follows the owner. */
export const unsupported = (name: string): string => {
  const reason = reasons.get(name);
  const remedy = reason ? `: ${reason}` : didYouMean(name, [...functionNames(), ...reasons.keys()]);
  return `${name} is not supported by the local twin${remedy}`;
};

/** Returns every function that `evaluate` or `evaluateCondition` supports. */
export const functionNames = (): string[] => [...functions.keys(), 'Fn::If', ...conditionFunctions];

export const isSupported = (name: string): boolean =>
  functions.has(name) || name === 'Fn::If' || conditionFunctions.has(name);

const conditionFunctions = new Set([
  'Fn::Equals',
  'Fn::And',
  'Fn::Or',
  'Fn::Not',
  'Fn::Contains',
  'Fn::EachMemberEquals',
  'Fn::EachMemberIn',
]);

/** Returns true for functions that only templates with the transform AWS::LanguageExtensions may use. */
export const needsTransform = (name: string): boolean => name === 'Fn::Length' || name === 'Fn::ToJsonString';

export const withoutTransform = (name: string): string =>
  `${name} needs the transform AWS::LanguageExtensions: add Transform: AWS::LanguageExtensions to the template`;

const account = 'it reads values of an account, which the twin does not have';
const reasons: ReadonlyMap<string, string> = new Map([
  ['Fn::ImportValue', 'there are no other stacks to import from; use a parameter'],
  ['Fn::GetStackOutput', 'there are no other stacks; use a parameter'],
  ['Fn::Transform', 'there are no macros'],
  ['Fn::ForEach', 'it needs the transform AWS::LanguageExtensions'],
  ['Fn::RefAll', account],
  ['Fn::ValueOf', account],
  ['Fn::ValueOfAll', account],
]);

const call = (name: string, source: Json, scope: Scope, path: string): Json | undefined => {
  const fail = failAt(scope.owner, path);
  if (name === 'Fn::If') return choose(source, scope, path, fail);
  if (needsTransform(name) && !scope.languageExtensions) fail('INVALID_TEMPLATE', withoutTransform(name));
  const implementation = functions.get(name);
  if (!implementation) {
    return conditionFunctions.has(name)
      ? fail('INVALID_TEMPLATE', `${name} is allowed only in Conditions and Rules: name a condition and use Fn::If`)
      : fail('UNSUPPORTED_INTRINSIC', unsupported(name));
  }
  return implementation(evaluate(source, scope, path) ?? null, scope, fail, source);
};

const choose = (source: Json, scope: Scope, path: string, fail: Fail): Json | undefined => {
  const [name, whenTrue, whenFalse, ...rest] = Array.isArray(source) ? (source as Json[]) : [];
  if (typeof name !== 'string' || whenTrue === undefined || whenFalse === undefined || rest.length > 0) {
    return fail('INVALID_TEMPLATE', `Fn::If takes the name of a condition and two values, not ${show(source)}`);
  }
  const condition = scope.condition(name) ?? fail('UNRESOLVED_REFERENCE', unknownCondition(name, scope.conditionNames));
  return evaluate(condition ? whenTrue : whenFalse, scope, path);
};

export const unknownCondition = (name: string, known: Iterable<string> = []): string =>
  `there is no condition ${name}${didYouMean(name, known) || ': correct the name or declare it in Conditions'}`;

/** Copies lists and maps: all references to a parameter or mapping share them, and the caller may change the result. */
const copy = (value: Json | undefined): Json | undefined => (typeof value === 'object' ? structuredClone(value) : value);

const within = (path: string, key: string | number): string => (path ? `${path}.${key}` : String(key));
