import { SourceMap as Decoded } from 'node:module';
import { fileURLToPath } from 'node:url';

/** Source map (ECMA-426) of a function's code. Its sources are file: URLs. */
export interface SourceMap {
  readonly version: 3;
  readonly sources: readonly string[];
  readonly names: readonly string[];
  readonly mappings: string;
}

/** Returns JavaScript code with its source map, which V8 passes to debuggers. */
export const javascriptWithMap = (code: string, map: SourceMap): string =>
  `${code}\n//# sourceMappingURL=data:application/json;base64,${Buffer.from(JSON.stringify(map)).toString('base64')}\n`;

/** Returns Python code with the source positions of its lines, which python_debug.py uses to compile it. */
export const pythonWithMap = (code: string, map: SourceMap): string =>
  `${code}\n# Source lines: ${JSON.stringify(runsOf(code, map))}\n`;

/** Consecutive lines of the code that are also consecutive in a source file: first line, file, first line in that file. */
type Run = readonly [line: number, file: string | null, sourceLine: number];

const runsOf = (code: string, { sources, ...map }: SourceMap): Run[] => {
  const decoded = new Decoded({ ...map, file: '', names: [], sources: [...sources], sourcesContent: [], sourceRoot: '' });
  const runs: Run[] = [];
  for (const [index, text] of code.split('\n').entries()) {
    const column = text.search(/\S/);
    if (column < 0) continue;
    const entry = decoded.findEntry(index, column);
    const isMapped = 'originalSource' in entry && entry.generatedLine === index;
    const [line, file] = [index + 1, isMapped ? fileURLToPath(entry.originalSource) : null];
    const sourceLine = isMapped ? entry.originalLine + 1 : line;
    const last = runs.at(-1);
    if (!last || last[1] !== file || last[2] - last[0] !== sourceLine - line) runs.push([line, file, sourceLine]);
  }
  return runs;
};
