import { isUtf8 } from 'node:buffer';
import { readFile } from 'node:fs/promises';

/** A file that a user names. */
export interface TextFile {
  /** Start of messages, before the file's name: `cannot read the template`. */
  readonly lead: string;
  /** Option with which the user names another file, such as `--template`. */
  readonly option: string;
  /** Creates the error from a message that names the file, the fault and the remedy. */
  fault(message: string, options: ErrorOptions): Error;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reads a text file in UTF-8, with or without a byte order mark. Rejects with the error of `fault` if the file cannot be read or
 * is not UTF-8.
 */
export const readText = async (file: string, { lead, option, fault, signal }: TextFile): Promise<string> => {
  let bytes: Buffer;
  try {
    bytes = await readFile(file, signal && { signal });
  } catch (error) {
    signal?.throwIfAborted();
    throw fault(`${lead} ${file}: ${reasonOf(error as NodeJS.ErrnoException, option)}`, { cause: error });
  }
  const wrong = encodingFault(bytes);
  if (wrong !== undefined) throw fault(`${lead} ${file}: ${wrong}; save it as UTF-8`, {});
  return new TextDecoder().decode(bytes);
};

/** Returns the fault of bytes that are not UTF-8, with its place. Undefined if there is none. */
export const encodingFault = (bytes: Buffer): string | undefined => {
  const mark = marks.find(([, prefix]) => bytes.subarray(0, prefix.length).equals(prefix));
  if (mark !== undefined) return `it is ${mark[0]}`;
  const nul = bytes.indexOf(0);
  if (nul >= 0) return `it has a NUL byte in ${place(bytes, nul)}, so it is UTF-16 or not a text`;
  if (isUtf8(bytes)) return undefined;
  const wrong = firstInvalid(bytes);
  return `${hex(bytes[wrong])} in ${place(bytes, wrong)} is not UTF-8`;
};

/** UTF-32 comes first: UTF-32LE begins with the mark of UTF-16LE. */
const marks: readonly (readonly [encoding: string, mark: Buffer])[] = [
  ['UTF-32', Buffer.of(0xff, 0xfe, 0, 0)],
  ['UTF-32', Buffer.of(0, 0, 0xfe, 0xff)],
  ['UTF-16', Buffer.of(0xff, 0xfe)],
  ['UTF-16', Buffer.of(0xfe, 0xff)],
];

/** Returns the index of the first byte that does not begin a valid character. */
const firstInvalid = (bytes: Buffer): number => {
  const text = bytes.toString('latin1');
  const characters = new RegExp(wellFormed, 'y');
  let end = 0;
  while (characters.test(text)) end = characters.lastIndex;
  return end;
};

/** Valid characters in UTF-8, with one code unit per byte (The Unicode Standard, table 3-7). */
const wellFormed = [
  '[^\\x80-\\xff]+',
  '[\\xc2-\\xdf][\\x80-\\xbf]',
  '\\xe0[\\xa0-\\xbf][\\x80-\\xbf]',
  '[\\xe1-\\xec\\xee\\xef][\\x80-\\xbf]{2}',
  '\\xed[\\x80-\\x9f][\\x80-\\xbf]',
  '\\xf0[\\x90-\\xbf][\\x80-\\xbf]{2}',
  '[\\xf1-\\xf3][\\x80-\\xbf]{3}',
  '\\xf4[\\x80-\\x8f][\\x80-\\xbf]{2}',
].join('|');

const place = (bytes: Buffer, index: number): string => {
  const before = bytes.subarray(0, index).toString('latin1');
  return `line ${before.split('\n').length} (byte ${index + 1})`;
};

const hex = (byte = 0): string => `0x${byte.toString(16).padStart(2, '0').toUpperCase()}`;

const reasonOf = ({ code, message }: NodeJS.ErrnoException, option: string): string => {
  switch (code) {
    case 'ENOENT':
      return `there is no such file; name another one with ${option}`;
    case 'EISDIR':
      return `it is a directory; name the file in it with ${option}`;
    case 'EACCES':
    case 'EPERM':
      return `you may not read it; change its permissions, or name another one with ${option}`;
    default:
      return `${message}; name another one with ${option}`;
  }
};
