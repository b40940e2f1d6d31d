import type { Json } from '../json.ts';
import type { QuickDocument } from './quick-document.ts';

/** A template as plain JSON in long form, with line numbers. */
export interface SourceDocument {
  readonly root: Json;
  /** A sentence for each construct that CloudFormation accepts but that is probably a mistake. */
  readonly warnings: readonly string[];
  /** Returns the line of an object or list of `root`, or of a key of an object. The first line is 1. */
  lineOf(container: Json, key?: string): number | undefined;
}

/** Adds `lineOf` to a document with offsets. */
export const withLines = (
  { root, offsets }: QuickDocument,
  lineAt: (offset: number) => number,
  warnings: readonly string[] = [],
): SourceDocument => ({
  root,
  warnings,
  lineOf: (container, key) => {
    const known = typeof container === 'object' && container !== null ? offsets.get(container) : undefined;
    const offset = key === undefined ? known?.own : known?.keys?.get(key);
    return offset === undefined ? undefined : lineAt(offset);
  },
});
