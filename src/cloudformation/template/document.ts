import { LocalError } from '../errors.ts';
import { isObject, type Json } from '../json.ts';
import { fullDocument } from './full-document.ts';
import { maxDepth, quickDocument } from './quick-document.ts';
import { type SourceDocument, withLines } from './source-document.ts';

export type { SourceDocument } from './source-document.ts';

/** S3 takes templates of 1 MB; a body passed directly may only have 51,200 bytes, which is for the deployment to say. */
const maximumBytes = 1_000_000;

/** Reads YAML or JSON: syntax, keys, short-form tags. Raises all faults it finds, each with its line. */
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

/** Both readers throw a RangeError where a template is too deep for them. */
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

/** Few lines are asked for: those of faults. */
const newlinesOf = (text: string) => (offset: number) => text.slice(0, offset).split('\n').length;
