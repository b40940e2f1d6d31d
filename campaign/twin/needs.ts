import type { Context, Row } from '../part.ts';

/**
 * Returns the rows of a part that needs /proc, with the reason why it did not run, which is not a fault. Returns undefined on
 * Linux.
 */
export const needsLinux = (part: string, context: Pick<Context, 'grounds' | 'onProgress'>): readonly Row[] | undefined =>
  process.platform === 'linux' ? undefined : [notRun(part, context, 'needs Linux')];

/** Returns the row of a part that cannot run here. */
export const notRun = (part: string, { grounds, onProgress }: Pick<Context, 'grounds' | 'onProgress'>, why: string): Row => {
  onProgress(`not run: ${why}`);
  return { part, edition: grounds[0]?.edition ?? 'both', tried: `nothing: ${why}`, wrong: [], slowest: 0 };
};
