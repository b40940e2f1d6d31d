import { parseJson } from '../../cloudformation/json.ts';

/**
 * dynalite copies attributes by assignment, and an assignment to `__proto__` sets a prototype: an attribute of that name
 * would be lost. So its process knows it by another name, from the moment it parses to the moment it writes.
 */
export const keepProtoName = (json: JsonFunctions): void => {
  const { parse, stringify } = json;
  json.parse = (text, reviver) => {
    const value = reviver ? parse(text, reviver) : parseJson(text, parse);
    // The name may be written with escapes; a backslash is as rare as the name.
    return text.includes(protoName) || text.includes('\\') ? rename(value) : value;
  };
  json.stringify = (value, replacer, space) => {
    const text = stringify(value, replacer, space);
    // Only a name stands before a colon: a string that looks alike stays as it is.
    return text?.includes(writtenStandIn) ? text.replaceAll(`${writtenStandIn}:`, `"${protoName}":`) : text;
  };
};

interface JsonFunctions {
  parse(text: string, reviver?: (name: string, value: unknown) => unknown): unknown;
  stringify(
    value: unknown,
    replacer?: (name: string, value: unknown) => unknown,
    space?: string | number,
  ): string | undefined;
}

const protoName = '__proto__';
const standIn = `\0${protoName}`;
const writtenStandIn = JSON.stringify(standIn);

const rename = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(rename);
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name === protoName ? standIn : name, rename(member)]),
  );
};
