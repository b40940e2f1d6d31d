import { parseJson } from '../../cloudformation/json.ts';

/**
 * Replaces JSON's functions so that attributes with the name `__proto__` are kept. dynalite copies attributes by assignment,
 * which would set a prototype instead. The attribute therefore has another name from parsing to writing.
 */
export const keepProtoName = (json: JsonFunctions): void => {
  const { parse, stringify } = json;
  json.parse = (text, reviver) => {
    const value = reviver ? parse(text, reviver) : parseJson(text, parse);
    // The name may be written with escapes. Backslashes are as rare as the name.
    return text.includes(protoName) || text.includes('\\') ? rename(value) : value;
  };
  json.stringify = (value, replacer, space) => {
    const text = stringify(value, replacer, space);
    // Only a name is followed by a colon. A string value with the same content stays as it is.
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
