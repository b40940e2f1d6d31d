import type { Output, Stack } from '../local/index.ts';

/** `Key  value`, one output a line, values in one column. */
export const outputLines = (outputs: readonly Output[]): string[] => {
  const width = Math.max(0, ...outputs.map(({ key }) => key.length));
  return outputs.map(({ key, value }) => `${key.padEnd(width)}  ${value}`);
};

/** Where the debugger of each function listens. */
export const inspectorLines = ({ inspectors = [] }: Pick<Stack, 'inspectors'>): string[] =>
  inspectors.map(
    ({ logicalId, port, hasSourceMap }) =>
      `debugger of ${logicalId}: 127.0.0.1:${port}${hasSourceMap ? '' : ', without source map'}`,
  );
