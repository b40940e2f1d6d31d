import type { Output } from '../twin/index.ts';

/** Returns one line per output, `Key  value`, with values in one column. */
export const outputLines = (outputs: readonly Output[]): string[] => {
  const width = Math.max(0, ...outputs.map(({ key }) => key.length));
  return outputs.map(({ key, value }) => `${key.padEnd(width)}  ${value}`);
};
