import { stripTypeScriptTypes } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { encode, type SourceMapSegment } from '@jridgewell/sourcemap-codec';
import { entities } from '../../contract/entities.ts';
import { type HandlerCode, type InlineCode, type Origin, separator, sourceOf } from './edition.ts';
import type { Module } from './module.ts';
import { placesOf, textOf } from './statements.ts';

/** A source map (ECMA-426) from the code of a function to its source files, which have absolute file: URLs. */
export interface SourceMap {
  readonly version: 3;
  readonly sources: readonly string[];
  readonly names: readonly string[];
  readonly mappings: string;
}

/** The source maps of all functions, by their exact code. */
export const sourceMapsOf = (code: InlineCode): Map<string, SourceMap> =>
  new Map([...code.handlers.values()].map((handler) => [sourceOf(code, handler), sourceMapOf(code, handler)]));

/** Returns the source map of one function. It maps words of the code, and the beginning of each line. */
export const sourceMapOf = ({ shared }: InlineCode, own: HandlerCode): SourceMap => {
  const parts = [...shared.filter(({ name }) => own.needs.includes(name)), own];
  const sources: string[] = [];
  const lines: SourceMapSegment[][] = [];
  for (const { text, origin } of parts) {
    const first = lines.length;
    for (const _ of `${text}${separator}`.matchAll(/\n/g)) lines.push([]);
    if (!origin || isInNoFile(origin.module)) continue;
    const source = sources.push(pathToFileURL(resolve(origin.module.path)).href) - 1;
    for (const { line, column, original } of mappingsOf(text, origin)) {
      lines[first + line]?.push([column, source, original.line, original.column]);
    }
  }
  return { version: 3, sources, names: [], mappings: encode(lines) };
};

/** Returns true for the description of another entity than the first: it is generated, and no file has it. */
const isInNoFile = ({ entity }: Module): boolean => entity !== undefined && entity !== entities[0]?.name;

/** Line and column, both from 0. */
interface Position {
  readonly line: number;
  readonly column: number;
}

interface Mapping extends Position {
  readonly original: Position;
}

/**
 * Compares the tokens of a part with those of its file, side by side. They are almost the same: the formatter moves tokens, and
 * adds and removes commas, semicolons and parentheses.
 */
const mappingsOf = (text: string, { module, preamble }: Origin): Mapping[] => {
  const plain = textOf(module.statements);
  const places = placesOf(module.statements);
  // Blanks replace types, so every other token keeps its place.
  const theirs = tokensOf(module.path.endsWith('.ts') ? stripTypeScriptTypes(plain) : plain);
  const ours = tokensOf(text).slice(tokensOf(preamble).length);
  const mappings: Mapping[] = [];
  let lastLine = -1;
  for (let own = 0, other = 0; own < ours.length && other < theirs.length; ) {
    const [a, b] = [ours[own], theirs[other]];
    if (a === undefined || b === undefined) break;
    if (a.text === b.text) {
      const place = places[b.line];
      if (place && (a.line !== lastLine || /\w/.test(a.text))) {
        const original = { line: place.line - 1, column: place.column + b.column };
        mappings.push({ line: a.line, column: a.column, original });
        lastLine = a.line;
      }
      own++;
      other++;
    } else if (a.text === ',' || (b.text !== ',' && isLoose(a.text))) own++;
    else if (isLoose(b.text)) other++;
    // The rest of the part is not mapped.
    else break;
  }
  return mappings;
};

interface Token extends Position {
  readonly text: string;
}

/** Returns true for characters that the formatter adds and removes. */
const isLoose = (text: string): boolean => /^[,();]$/.test(text);

const tokensOf = (text: string): Token[] =>
  text.split('\n').flatMap((content, line) =>
    [...content.matchAll(token)].map(({ 0: found, index }) => ({
      // This is the only declaration whose form differs between code and source.
      text: found.replace(/^(?:const |exports\.)/, ''),
      line,
      column: index,
    })),
  );

/** A word, or another character that is not a blank. */
const token = /(?:const |exports\.)lambda_handler\b|[\w$]+|\S/g;
