import { LocalError } from '../errors.ts';
import type { Json } from '../json.ts';
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
  const resolved = new Map<string, Json>();
  const quick = quickDocument(text, (plain) => {
    const value = resolved.get(plain) ?? fullDocument(plain).root;
    resolved.set(plain, value);
    return value;
  });
  return quick === undefined ? fullDocument(text) : withLines(quick, newlinesOf(text));
};

/** Few lines are asked for: those of faults. */
const newlinesOf = (text: string) => (offset: number) => text.slice(0, offset).split('\n').length;
