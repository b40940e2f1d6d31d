import { LocalError } from '../errors.ts';
import { isObject, type Json } from '../json.ts';
import { fullDocument } from './full-document.ts';
import { quickDocument } from './quick-document.ts';
import { type SourceDocument, withLines } from './source-document.ts';

export type { SourceDocument } from './source-document.ts';

/** S3 takes templates of 1 MB; a body passed directly may only have 51,200 bytes, which is for the deployment to say. */
const maximumBytes = 1_000_000;

/** Reads YAML or JSON: syntax, duplicate keys, short-form tags. Raises all faults it finds, each with its line. */
export const readDocument = (text: string): SourceDocument => {
  const bytes = Buffer.byteLength(text);
  if (bytes > maximumBytes) {
    throw new LocalError(
      'INVALID_TEMPLATE',
      `the template has ${bytes} bytes; CloudFormation takes at most ${maximumBytes}: split it or shorten it`,
    );
  }
  if (bracketDepth(text) > maxDepth) throw tooDeep();
  const resolved = new Map<string, Json>();
  const quick = quickDocument(text, (plain) => {
    const value = resolved.get(plain) ?? fullDocument(plain).root;
    resolved.set(plain, value);
    return value;
  });
  const document = quick === undefined ? full(text) : withLines(quick, newlinesOf(text));
  if (depthOf(document.root) > maxDepth) throw tooDeep();
  return document;
};

/** Levels of maps and lists. Each part of the twin descends into templates, on a stack that has an end. */
const maxDepth = 200;

const tooDeep = (): LocalError =>
  new LocalError(
    'INVALID_TEMPLATE',
    `the template has more than ${maxDepth} levels of maps and lists in each other: flatten it`,
  );

const full = (text: string): SourceDocument => {
  try {
    return fullDocument(text);
  } catch (error) {
    // The stack has ended.
    throw error instanceof RangeError ? tooDeep() : error;
  }
};

/**
 * The longest run of brackets that open, as a text that is nothing else would keep the reader busy for minutes. Brackets in the text
 * of functions are closed again, or between other characters.
 */
const bracketDepth = (text: string): number => {
  let deepest = 0;
  for (const [run] of text.matchAll(/(?:[[{]\s*(?:"[^"\n]{0,100}"\s*:\s*)?){200,}/g)) {
    deepest = Math.max(deepest, run.replace(/"[^"\n]*"|[^[{]/g, '').length);
  }
  return deepest;
};

const depthOf = (value: Json): number => {
  const items: readonly Json[] = Array.isArray(value) ? value : isObject(value) ? Object.values(value) : [];
  return typeof value === 'object' && value !== null
    ? 1 + items.reduce<number>((most, item) => Math.max(most, depthOf(item)), 0)
    : 0;
};

/** Few lines are asked for: those of faults. */
const newlinesOf = (text: string) => (offset: number) => text.slice(0, offset).split('\n').length;
