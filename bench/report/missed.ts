import type { Explanation } from './explanations.ts';

/** Of the targets that the last results miss. */
export const missed: readonly Explanation[] = [];
