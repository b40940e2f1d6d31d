import { LocalError } from '../errors.ts';
import { subParts } from '../intrinsics/sub.ts';
import { isObject, type Json, type JsonObject, show } from '../json.ts';

/**
 * Replaces a function in the name that `Ref` or `Fn::GetAtt` refers to, as AWS::LanguageExtensions allows: `{ Ref: {
 * 'Fn::FindInMap': [...] } }` becomes `{ Ref: 'CreateItemFunction' }`. `path` is the start of messages.
 */
export const withNames = (map: JsonObject, mappings: Json | undefined, path: string): JsonObject => {
  const nameOf = (name: JsonObject): string => {
    const resolved = resolve(name, mappings);
    if (resolved !== undefined) return resolved;
    const message = `the local twin cannot evaluate the name ${show(name)}; it supports Fn::FindInMap, Fn::Sub and Fn::Join of literals there`;
    throw new LocalError('UNSUPPORTED_INTRINSIC', `${path}: ${message}`);
  };
  const { Ref: reference, 'Fn::GetAtt': source } = map;
  if (isObject(reference)) return { ...map, Ref: nameOf(reference) };
  const [logicalId, ...attribute] = Array.isArray(source) ? (source as readonly Json[]) : [];
  return isObject(logicalId) ? { ...map, 'Fn::GetAtt': [nameOf(logicalId), ...attribute] } : map;
};

/** Returns the text of a name, or undefined if only the evaluation of the template can determine it. */
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
