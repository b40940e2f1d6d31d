import { LocalError } from '../errors.ts';
import { subParts } from '../intrinsics/sub.ts';
import { isObject, type Json, type JsonObject, show } from '../json.ts';

/**
 * Replaces the functions that name what `Ref` and `Fn::GetAtt` refer to, as AWS::LanguageExtensions allows, by the names that
 * they yield: `{ Ref: { 'Fn::FindInMap': [...] } }` becomes `{ Ref: 'CreateItemFunction' }`. `path` begins the messages;
 * `replaced` hears of every map that another stands for now.
 */
export const resolveNames = (
  value: Json,
  mappings: Json | undefined,
  path: string,
  replaced: (copy: JsonObject, original: JsonObject) => void,
): Json => {
  const nameOf = (name: Json, at: string): string => {
    const resolved = resolve(name, mappings);
    if (resolved !== undefined) return resolved;
    const message = `the local twin cannot tell the name ${show(name)}; it knows Fn::FindInMap, Fn::Sub and Fn::Join of literals there`;
    throw new LocalError('UNSUPPORTED_INTRINSIC', `${at}: ${message}`);
  };
  const visit = (item: Json, at: string): Json => {
    if (Array.isArray(item)) return item.map((member: Json, index) => visit(member, `${at}.${index}`));
    if (!isObject(item)) return item;
    const { Ref: reference, 'Fn::GetAtt': source } = item;
    const [logicalId, ...attribute] = Array.isArray(source) ? (source as readonly Json[]) : [];
    let copy: JsonObject;
    if (isObject(reference)) copy = { ...item, Ref: nameOf(reference, at) };
    else if (isObject(logicalId)) copy = { ...item, 'Fn::GetAtt': [nameOf(logicalId, at), ...attribute] };
    else copy = Object.fromEntries(Object.entries(item).map(([key, member]) => [key, visit(member, `${at}.${key}`)]));
    replaced(copy, item);
    return copy;
  };
  return visit(value, path);
};

/** The text that a name stands for; undefined if only the evaluation of the template could tell. */
const resolve = (name: Json | undefined, mappings: Json | undefined): string | undefined => {
  if (typeof name !== 'object') return name === undefined ? undefined : String(name);
  if (!isObject(name) || Object.keys(name).length !== 1) return undefined;
  const { 'Fn::FindInMap': keys, 'Fn::Sub': substitution, 'Fn::Join': join } = name;
  if (Array.isArray(keys) && keys.length === 3) return find(keys as readonly Json[], mappings);
  if (substitution !== undefined) {
    const [text, variables = {}] = [substitution].flat() as readonly Json[];
    return typeof text === 'string' && isObject(variables) ? substitute(text, variables, mappings) : undefined;
  }
  const [delimiter, parts] = Array.isArray(join) ? (join as readonly Json[]) : [];
  return typeof delimiter === 'string' && Array.isArray(parts)
    ? joined(
        parts.map((part: Json) => resolve(part, mappings)),
        delimiter,
      )
    : undefined;
};

const find = (keys: readonly Json[], mappings: Json | undefined): string | undefined => {
  let level: Json | undefined = mappings;
  for (const key of keys) {
    const name = resolve(key, mappings);
    level = name !== undefined && isObject(level) && Object.hasOwn(level, name) ? level[name] : undefined;
  }
  return typeof level === 'object' ? undefined : resolve(level, mappings);
};

const substitute = (text: string, variables: JsonObject, mappings: Json | undefined): string | undefined =>
  joined(
    subParts(text).map((part) => {
      if ('text' in part) return part.text;
      return Object.hasOwn(variables, part.name) ? resolve(variables[part.name], mappings) : undefined;
    }),
    '',
  );

const joined = (parts: readonly (string | undefined)[], delimiter: string): string | undefined =>
  parts.includes(undefined) ? undefined : parts.join(delimiter);
