import { LocalError } from '../errors.ts';
import { isObject, type Json } from '../json.ts';
import { fullDocument } from './full-document.ts';
import { maxDepth, quickDocument } from './quick-document.ts';
import { type SourceDocument, withLines } from './source-document.ts';

export type { SourceDocument } from './source-document.ts';

/** Limit for a template in S3. A template that is passed directly is limited to 51,200 bytes, which the deployment handles. */
const maximumBytes = 1_000_000;

/** Parses YAML or JSON, including short-form tags. Throws one LocalError with all faults, each with its line. */
export const readDocument = (text: string): SourceDocument => {
  const bytes = Buffer.byteLength(text);
  if (bytes > maximumBytes) {
    throw new LocalError(
      'INVALID_TEMPLATE',
      `the template has ${bytes} bytes; CloudFormation takes at most ${maximumBytes}: split it or shorten it`,
    );
  }
  const resolved = new Map<string, Json>();
  const quick = withinStack(() =>
    quickDocument(text, (plain) => {
      const value = resolved.get(plain) ?? fullDocument(plain).root;
      resolved.set(plain, value);
      return value;
    }),
  );
  const document = quick === undefined ? withinStack(() => fullDocument(text)) : withLines(quick, newlinesOf(text));
  if (depthOf(document.root) > maxDepth) throw tooDeep();
  return document;
};

const tooDeep = (): LocalError =>
  new LocalError(
    'INVALID_TEMPLATE',
    `the template has more than ${maxDepth} levels of maps and lists in each other: flatten it`,
  );

/** Converts the RangeError that both readers throw for a template that is nested too deeply. */
const withinStack = <Result>(read: () => Result): Result => {
  try {
    return read();
  } catch (error) {
    throw error instanceof RangeError ? tooDeep() : error;
  }
};

const depthOf = (value: Json): number => {
  const items: readonly Json[] = Array.isArray(value) ? value : isObject(value) ? Object.values(value) : [];
  return typeof value === 'object' && value !== null
    ? 1 + items.reduce<number>((most, item) => Math.max(most, depthOf(item)), 0)
    : 0;
};

/** Not optimized: lines are needed only for faults. */
const newlinesOf = (text: string) => (offset: number) => text.slice(0, offset).split('\n').length;
