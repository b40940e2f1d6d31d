import { LocalError } from '../../cloudformation/errors.ts';
import { isObject, parseJson } from '../../cloudformation/json.ts';
import { idPattern, idRule } from '../../contract/item.ts';
import { readText } from '../../text/read-text.ts';

/** An item in the file of `--seed`. */
export interface SeedLine {
  /** The first line is 1. */
  readonly line: number;
  readonly id: string;
  /** The JSON object as it is in the file: parsing and serializing it would round its numbers. */
  readonly body: string;
}

/** Reads the items of a file, as `parseSeed` parses them. Rejects with a LocalError if the file cannot be read or has faults. */
export const readSeedFile = async (file: string): Promise<SeedLine[]> => {
  const text = await readText(file, {
    lead: 'cannot read the items',
    option: '--seed',
    fault: (message, options) => new LocalError('INVALID_PARAMETER', message, options),
  });
  return parseSeed(file, text);
};

/**
 * Parses the items of a file, one JSON object per line. Throws one LocalError that contains the first faults and the number of
 * the others.
 */
export const parseSeed = (file: string, text: string): SeedLine[] => {
  const items: SeedLine[] = [];
  const faults: string[] = [];
  const lineOf = new Map<string, number>();
  for (const [index, body] of text.split('\n').entries()) {
    if (body.trim() === '') continue;
    const line = index + 1;
    const read = itemIn(body);
    const earlier = 'id' in read ? lineOf.get(read.id) : undefined;
    if ('fault' in read) faults.push(`${file} line ${line}: ${read.fault}`);
    else if (earlier !== undefined)
      faults.push(`${file} line ${line}: duplicate id ${read.id} (first in line ${earlier}); remove one of the two`);
    else {
      lineOf.set(read.id, line);
      items.push({ line, id: read.id, body });
    }
  }
  if (faults.length === 0) return items;
  const isOneDocument = faults.length > 1 && isObjectOrList(text);
  const shown = isOneDocument
    ? [`${file} is one JSON document over several lines: ${oneALine}`]
    : faults.slice(0, shownFaults);
  const more = isOneDocument ? 0 : faults.length - shown.length;
  throw new LocalError('INVALID_PARAMETER', [...shown, ...(more > 0 ? [`and ${more} more`] : [])].join('\n'));
};

const shownFaults = 5;

const oneALine = `--seed takes one object a line, such as jq -c '.[]' writes`;

const itemIn = (body: string): { readonly id: string } | { readonly fault: string } => {
  let value: unknown;
  try {
    value = parseJson(body);
  } catch (error) {
    return { fault: `it is not JSON (${(error as Error).message.replaceAll(/\s+/g, ' ')}); correct or remove it` };
  }
  if (Array.isArray(value)) return { fault: `it is a list: ${oneALine}` };
  if (!isObject(value)) return { fault: `it is not a JSON object: ${oneALine}` };
  if (!Object.hasOwn(value, 'id'))
    return { fault: 'the item has no id, and each start would create another copy; give it one' };
  const { id } = value;
  if (typeof id !== 'string' || !isId.test(id)) return { fault: `its id must be a string of ${idRule}; correct it` };
  return { id };
};

const isId = new RegExp(idPattern);

const isObjectOrList = (text: string): boolean => {
  try {
    return typeof parseJson(text) === 'object';
  } catch {
    return false;
  }
};
