import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import { isWhole, type KeptBody, mostBodyBytes } from './kept-body.ts';
import type { BodyView } from './messages.ts';

/** Returns a body for the page: as text if it is UTF-8, decoded according to Content-Encoding. */
export const bodyView = async (
  kept: KeptBody,
  headers: readonly (readonly [name: string, value: string])[],
): Promise<BodyView> => {
  const { size } = kept;
  if (size === 0) return { size };
  if (kept.bytes.length === 0) return { size, note: 'It is no longer kept: the bodies of newer requests take its place.' };
  const coding = headers
    .findLast(([name]) => name.toLowerCase() === 'content-encoding')?.[1]
    .trim()
    .toLowerCase();
  if (coding === undefined || coding === 'identity') return viewOf(kept.bytes, size, isWhole(kept));
  const decode = codings[coding];
  if (decode === undefined || !isWhole(kept)) return { size, note: `It is encoded: ${coding}.` };
  try {
    const bytes = await decode(kept.bytes, { maxOutputLength: 16 * mostBodyBytes });
    return {
      ...viewOf(bytes.subarray(0, mostBodyBytes), size, bytes.length <= mostBodyBytes),
      note: `Decoded from ${coding}.`,
    };
  } catch {
    return { size, note: `It cannot be decoded as ${coding}, or is too large.` };
  }
};

const codings: Readonly<Record<string, (bytes: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>>> = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
};

const viewOf = (bytes: Buffer, size: number, isAll: boolean): BodyView => {
  const text = textOf(bytes, isAll);
  if (text === undefined) return { size, note: 'It is not UTF-8 text.' };
  return { size, text, ...(!isAll && { note: `These are its first ${bytes.length} bytes.` }) };
};

/** Returns the text, or undefined. A truncated text may end within a character. */
const textOf = (bytes: Buffer, isAll: boolean): string | undefined => {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: !isAll });
    // Control characters, except those that are usual in text, indicate a binary format.
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the pattern must match control characters.
    return /[\u0000-\u0008\u000e-\u001a]/.test(text) ? undefined : text;
  } catch {
    return undefined;
  }
};
