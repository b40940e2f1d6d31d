import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { entities } from '../../../src/contract/entities.ts';
import { operations } from '../../../src/contract/operations.ts';
import { sourceOf } from '../../../src/stack/code/edition.ts';
import { sourceMapOf } from '../../../src/stack/code/source-map.ts';
import { editions } from '../../../src/stack/editions.ts';

/** Lines that come from no source file: headings, imports, and what ends INIT. */
const isGenerated = (line: string): boolean =>
  /^$|^(?:\/\/|#) (?:Imports|Init|[\w-]+\.\w+): |^(?:import|from) |^const .* = require\('.*'\);$|^'use strict';$/.test(
    line,
  ) || /^\/\/ file waits for an exported then|^exports\.then = /.test(line);

describe.each(Object.entries(editions))('the source maps of %s', (_file, edition) => {
  const { code } = edition();
  const handlers = [...code.handlers];
  // The description of another entity than items is generated, and no file has it.
  const inNoFile = code.shared.filter(({ origin }) => ![undefined, entities[0]?.name].includes(origin?.module.entity));
  const withoutSource = new Set(inNoFile.flatMap(({ text }) => text.split('\n')));

  it.each(handlers)('lead from each line of %s to the line that it comes from', (name, handler) => {
    const isOther = operations.find((operation) => operation.name === name)?.entity !== entities[0];
    const map = sourceMapOf(code, handler);
    const entries = new SourceMap({
      ...map,
      file: '',
      sourceRoot: '',
      sourcesContent: [],
      sources: [...map.sources],
      names: [],
    });
    const sources = new Map(map.sources.map((url) => [url, readFileSync(fileURLToPath(url), 'utf8').split('\n')]));
    const last = new Map<string, number>();
    const unmapped: string[] = [];
    const wrong: string[] = [];
    for (const [index, line] of sourceOf(code, handler).split('\n').entries()) {
      const column = line.search(/\S/);
      const entry = entries.findEntry(index, Math.max(column, 0));
      if (!('originalSource' in entry) || entry.generatedLine !== index) {
        unmapped.push(line);
        continue;
      }
      const { originalSource: url, originalLine, originalColumn, generatedColumn } = entry;
      const original = sources.get(url)?.[originalLine] ?? '';
      // The same words, from the first one of the line on: types that were taken out come later.
      const [first = ''] =
        /[\w$]+|\S/.exec(line.slice(generatedColumn).replace(/^exports\.(?=lambda_handler)/, 'const ')) ?? [];
      // The handler of another entity has other names: `create_handler("CreateOrder")`.
      const isSame = url.endsWith('.py') && !isOther ? original === line : original.startsWith(first, originalColumn);
      // A file is read from its beginning to its end.
      if (!isSame || originalLine < (last.get(url) ?? 0)) wrong.push(`${line} of ${url}:${originalLine + 1}: ${original}`);
      last.set(url, originalLine);
    }
    expect(wrong).toEqual([]);
    expect(unmapped.filter((line) => !isGenerated(line) && !withoutSource.has(line))).toEqual([]);
  });
});
