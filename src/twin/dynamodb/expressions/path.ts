import type { Path } from './nodes.ts';
import { isReserved } from './reserved-words.ts';
import { reservedWord, type Scope, undefinedName } from './scope.ts';
import { ExpressionFault, type TokenReader } from './tokens.ts';

/** Parses a document path: `a`, `#n`, `a.b[0].#c`. Throws an ExpressionFault for more than 32 levels. */
export const parsePath = (reader: TokenReader, scope: Scope): Path => {
  const path: [string, ...(string | number)[]] = [parseName(reader, scope)];
  for (;;) {
    if (reader.acceptSymbol('.')) path.push(parseName(reader, scope));
    else if (reader.acceptSymbol('[')) path.push(parseIndex(reader));
    else break;
  }
  if (path.length > maxLevels) {
    throw new ExpressionFault(`The document path has too many nesting levels; nesting levels: ${path.length}`);
  }
  return path;
};

/** Returns true if the next token may begin a path. */
export const startsPath = ({ next: { kind, text } }: TokenReader): boolean =>
  kind === 'name' || (kind === 'word' && !isKeyword(text));

const parseName = (reader: TokenReader, { references, onReserved, onUndefined }: Scope): string => {
  if (!startsPath(reader)) reader.fail();
  const { kind, text } = reader.take();
  if (kind === 'word') {
    if (isReserved(text)) onReserved(reservedWord(text));
    return text;
  }
  const name = references.name(text);
  if (name === undefined) onUndefined(undefinedName(text));
  return name ?? text;
};

const parseIndex = (reader: TokenReader): number => {
  if (reader.next.kind !== 'number') reader.fail();
  const { text } = reader.take();
  reader.expectSymbol(']');
  if (Number(text) > maxIndex) throw new ExpressionFault(`List index is not within the allowable range; index: [${text}]`);
  return Number(text);
};

const isKeyword = (word: string): boolean => keywords.has(word.toUpperCase());

const keywords = new Set(['AND', 'OR', 'NOT', 'BETWEEN', 'IN', 'SET', 'REMOVE', 'ADD', 'DELETE']);
const maxLevels = 32;
const maxIndex = 2_147_483_647;
