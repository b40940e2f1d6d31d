import { didYouMean } from '../../text/nearest.ts';
import { isObject, type Json, show } from '../json.ts';
import { splitAttribute } from '../template/short-forms.ts';
import { cidr } from './cidr.ts';
import { joined } from './joined.ts';
import { pseudoParameters } from './pseudo-parameters.ts';
import { type Fail, isUnresolved, type Scope, unresolved } from './scope.ts';
import { isSubName, subParts } from './sub.ts';

/** An intrinsic function. `argument` has been evaluated; `source` is the argument in the template. */
export type IntrinsicFunction = (argument: Json, scope: Scope, fail: Fail, source: Json) => Json | undefined;

/** Every function that returns a value, except `Fn::If`, which does not evaluate all of its arguments. */
export const functions: ReadonlyMap<string, IntrinsicFunction> = new Map<string, IntrinsicFunction>([
  ['Ref', (_argument, scope, fail, source) => (typeof source === 'string' ? ref(source, scope, fail) : usage(fail, 'Ref'))],
  ['Fn::GetAtt', (argument, scope, fail, source) => getAtt(argument, scope, fail, source)],
  ['Fn::Sub', (argument, scope, fail) => sub(argument, scope, fail)],
  ['Fn::Join', (argument, scope, fail) => join(argument, scope, fail)],
  ['Fn::Select', (argument, _scope, fail) => select(argument, fail)],
  ['Fn::Split', (argument, _scope, fail) => split(argument, fail)],
  ['Fn::FindInMap', (argument, scope, fail, source) => findInMap(argument, scope, fail, source)],
  ['Fn::Base64', (argument, _scope, fail) => base64(argument, fail)],
  ['Fn::Cidr', (argument, _scope, fail) => cidr(argument, fail)],
  ['Fn::GetAZs', (argument, scope, fail) => getAvailabilityZones(argument, scope, fail)],
  ['Fn::Length', (argument, _scope, fail) => length(argument, fail)],
  ['Fn::ToJsonString', (argument, _scope, fail) => toJsonString(argument, fail)],
]);

const usages: Readonly<Record<string, string>> = {
  Ref: 'takes the name of a parameter or resource',
  'Fn::GetAtt': 'takes a logical id and the name of an attribute',
  'Fn::Sub': 'takes a string, or a list of a string and a map of variables',
  'Fn::Join': 'takes a delimiter and a list of strings',
  'Fn::Select': 'takes an index and a list',
  'Fn::Split': 'takes a delimiter and a string',
  'Fn::FindInMap': 'takes the name of a mapping, a top-level key and a second-level key',
  'Fn::Base64': 'takes a string',
  'Fn::Length': 'takes a list',
  'Fn::ToJsonString': 'takes a map or a list',
  'Fn::GetAZs': 'takes the name of a region, or an empty string for the one of the stack',
};

const usage = (fail: Fail, name: string): never => fail('INVALID_TEMPLATE', `${name} ${usages[name]}`);

const ref = (name: string, scope: Scope, fail: Fail): Json | undefined => {
  const pseudo = pseudoParameters.get(name);
  if (pseudo) return pseudo(scope.stack);
  const parameter = scope.parameters.get(name);
  if (parameter !== undefined) return parameter;
  if (name.startsWith('AWS::')) {
    const remedy = suggestion(name, pseudoParameters.keys(), 'there are');
    return fail('UNRESOLVED_REFERENCE', `${name} is not a pseudo parameter${remedy}`);
  }
  return scope.resources ? scope.resources.ref(name, fail) : fail('UNRESOLVED_REFERENCE', onlyParameters(name, scope));
};

const getAtt = (argument: Json, scope: Scope, fail: Fail, source: Json): Json => {
  const [logicalId, attribute] =
    typeof argument === 'string' ? splitAttribute(argument) : Array.isArray(argument) ? argument : [];
  const literal =
    typeof source === 'string' || (Array.isArray(source) && typeof source[0] === 'string' && source.length === 2);
  if (!literal || typeof logicalId !== 'string' || typeof attribute !== 'string') return usage(fail, 'Fn::GetAtt');
  if (!scope.resources) return fail('UNRESOLVED_REFERENCE', onlyParameters(logicalId, scope));
  return scope.resources.getAtt(logicalId, attribute, fail);
};

const onlyParameters = (name: string, { parameters }: Scope): string => {
  const remedy = didYouMean(name, parameters.keys()) || ': refer to a parameter';
  return `refers to ${name}, but Conditions and Rules are evaluated before there are resources${remedy}`;
};

const sub = (argument: Json, scope: Scope, fail: Fail): string => {
  const [text, variables = {}, ...rest] = Array.isArray(argument) ? (argument as Json[]) : [argument];
  if (typeof text !== 'string' || !isObject(variables) || rest.length > 0) return usage(fail, 'Fn::Sub');
  const value = (name: string): Json | undefined => {
    if (Object.hasOwn(variables, name)) return variables[name];
    return name.includes('.') ? getAtt(name, scope, fail, name) : ref(name, scope, fail);
  };
  const substitute = (name: string): string => {
    if (!isSubName(name)) {
      const remedy = 'names have letters, digits, underscores, periods and colons; write ${!…} for the text itself';
      return fail('INVALID_TEMPLATE', `Fn::Sub cannot read \${${name}}: ${remedy}`);
    }
    return (
      scalar(value(name)) ?? fail('INVALID_TEMPLATE', `Fn::Sub needs a string for \${${name}}, not ${show(value(name))}`)
    );
  };
  return joined(
    'Fn::Sub',
    subParts(text).map((part) => ('text' in part ? part.text : substitute(part.name))),
    '',
    scope,
    fail,
  );
};

const join = (argument: Json, scope: Scope, fail: Fail): string => {
  const [delimiter, items, ...rest] = Array.isArray(argument) ? (argument as Json[]) : [];
  if (isUnresolved(items)) return unresolved;
  if (typeof delimiter !== 'string' || !Array.isArray(items) || rest.length > 0) return usage(fail, 'Fn::Join');
  const parts = (items as Json[]).map(
    (item) => scalar(item) ?? fail('INVALID_TEMPLATE', `Fn::Join joins strings, not ${show(item)}`),
  );
  return joined('Fn::Join', parts, delimiter, scope, fail);
};

const select = (argument: Json, fail: Fail): Json => {
  const [position, items, ...rest] = Array.isArray(argument) ? (argument as Json[]) : [];
  if (isUnresolved(position) || isUnresolved(items)) return unresolved;
  const index = Number(scalar(position) || Number.NaN);
  if (!Number.isInteger(index) || !Array.isArray(items) || rest.length > 0) return usage(fail, 'Fn::Select');
  const item: Json | undefined = items[index];
  return (
    item ??
    fail('INVALID_TEMPLATE', `Fn::Select cannot select index ${index} of ${items.length} values: the first has index 0`)
  );
};

const split = (argument: Json, fail: Fail): Json => {
  const [delimiter, text, ...rest] = Array.isArray(argument) ? (argument as Json[]) : [];
  if (isUnresolved(text)) return unresolved;
  if (typeof delimiter !== 'string' || delimiter === '' || typeof text !== 'string' || rest.length > 0)
    return usage(fail, 'Fn::Split');
  return text.split(delimiter);
};

const findInMap = (argument: Json, scope: Scope, fail: Fail, source: Json): Json => {
  const given = Array.isArray(argument) ? (argument as Json[]) : [];
  const options = given.at(-1);
  if (given.length !== 4 || !isObject(options) || !Object.hasOwn(options, 'DefaultValue'))
    return valueInMap(given, scope, fail, source);
  if (!scope.languageExtensions)
    return fail(
      'INVALID_TEMPLATE',
      'DefaultValue of Fn::FindInMap needs the transform AWS::LanguageExtensions: add Transform: AWS::LanguageExtensions to the template',
    );
  const [name = '', top = '', second = ''] = given.slice(0, 3).map(scalar);
  const mapping = scope.mappings.get(name);
  const level = mapping && Object.hasOwn(mapping, top) ? mapping[top] : undefined;
  const isThere = isObject(level) && Object.hasOwn(level, second);
  return isThere ? valueInMap(given.slice(0, 3), scope, fail, source) : (options.DefaultValue ?? null);
};

const valueInMap = (given: readonly Json[], scope: Scope, fail: Fail, source: Json): Json => {
  const keys = given.map(scalar);
  const [name, top, second] = keys;
  if (name === undefined || top === undefined || second === undefined || keys.length !== 3)
    return usage(fail, 'Fn::FindInMap');
  const nested = (source as readonly Json[]).filter(isObject).flatMap(Object.keys);
  if (!scope.languageExtensions && nested.some((key) => key !== 'Ref' && key !== 'Fn::FindInMap')) {
    return fail(
      'UNSUPPORTED_INTRINSIC',
      'Fn::FindInMap takes no functions but Ref and Fn::FindInMap without AWS::LanguageExtensions',
    );
  }
  const mapping = scope.mappings.get(name);
  if (!mapping)
    return fail(
      'UNRESOLVED_REFERENCE',
      `Fn::FindInMap: there is no mapping ${name}${suggestion(name, scope.mappings.keys(), 'there are')}`,
    );
  const level = Object.hasOwn(mapping, top) ? mapping[top] : undefined;
  if (!isObject(level))
    return fail(
      'UNRESOLVED_REFERENCE',
      `Fn::FindInMap: mapping ${name} has no key ${top}${suggestion(top, Object.keys(mapping), 'it has')}`,
    );
  const value = Object.hasOwn(level, second) ? level[second] : undefined;
  return (
    value ??
    fail(
      'UNRESOLVED_REFERENCE',
      `Fn::FindInMap: ${name}.${top} has no key ${second}${suggestion(second, Object.keys(level), 'it has')}`,
    )
  );
};

const length = (argument: Json, fail: Fail): Json => {
  if (isUnresolved(argument)) return unresolved;
  return Array.isArray(argument) ? argument.length : usage(fail, 'Fn::Length');
};

const toJsonString = (argument: Json, fail: Fail): string => {
  if (typeof argument !== 'object' || argument === null) return usage(fail, 'Fn::ToJsonString');
  const text = JSON.stringify(argument);
  // JSON escapes characters of the placeholder.
  return text.includes(JSON.stringify(unresolved).slice(1, -1)) ? unresolved : text;
};

const base64 = (argument: Json, fail: Fail): string => {
  if (isUnresolved(argument)) return unresolved;
  return typeof argument === 'string' ? Buffer.from(argument).toString('base64') : usage(fail, 'Fn::Base64');
};

/** Every region of the twin has three Availability Zones, as most regions of AWS have. */
const getAvailabilityZones = (argument: Json, scope: Scope, fail: Fail): Json => {
  if (typeof argument !== 'string') return usage(fail, 'Fn::GetAZs');
  const region = argument || scope.stack.region;
  return ['a', 'b', 'c'].map((zone) => region + zone);
};

const scalar = (value: Json | undefined): string | undefined =>
  value === undefined || value === null || typeof value === 'object' ? undefined : String(value);

/** Suggests the nearest name, or lists all names. */
const suggestion = (name: string, known: Iterable<string>, lead: string): string => {
  const names = [...known];
  return didYouMean(name, names) || `; ${lead} ${list(names)}`;
};

const list = (names: Iterable<string>): string => [...names].join(', ') || 'none';
