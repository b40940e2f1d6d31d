import type { Json } from '../json.ts';
import type { QuickDocument } from './quick-document.ts';

/** A template as plain JSON in long form, which remembers the lines it came from. */
export interface SourceDocument {
  readonly root: Json;
  /** A sentence for each thing that CloudFormation accepts although it is hardly meant. */
  readonly warnings: readonly string[];
  /** Line of an object or list of `root`, or of one of an object's keys; the first line is 1. */
  lineOf(container: Json, key?: string): number | undefined;
}

/** Gives values the lines of their offsets. */
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
