import { globSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { describe, expect, it } from 'vitest';
import { parsePython } from '../../../src/stack/code/python-module.ts';
import { type Syntax, statementsOf, textOf } from '../../../src/stack/code/statements.ts';
import { parseTypescript, typescriptSyntax } from '../../../src/stack/code/typescript-module.ts';

/** A language whose comments begin with `#`, and in which a tilde and the next one span lines. */
const syntax: Syntax = {
  spans: (source) => [...source.matchAll(/~[^~]*~/g)].map(({ index, 0: text }) => [index, index + text.length] as const),
  isComment: (line) => line.startsWith('#'),
  isContinuation: (line) => line.startsWith('else'),
};

const parts = (source: string): (readonly [line: number, comment: string, code: string])[] =>
  statementsOf(source, syntax).map(({ line, comment, code }) => [line, comment, code]);

describe('statementsOf', () => {
  it('begins a statement at each line that is not indented', () => {
    expect(parts('a\n  b\n\n  c\nd\n\n\ne\n')).toEqual([
      [1, '', 'a\n  b\n\n  c'],
      [5, '', 'd'],
      [8, '', 'e'],
    ]);
  });

  it('gives a statement the comment directly above it, and keeps others by themselves', () => {
    expect(parts('# one\n\n# two\n# three\na\nb\n# four\n')).toEqual([
      [2, '# one', ''],
      [5, '# two\n# three', 'a'],
      [6, '', 'b'],
      [8, '# four', ''],
    ]);
  });

  it('goes on within what spans lines, wherever these begin', () => {
    expect(parts('a = ~\nb\n\n# c\nelse ~\nd\n')).toEqual([
      [1, '', 'a = ~\nb\n\n# c\nelse ~'],
      [6, '', 'd'],
    ]);
  });

  it('goes on with what continues a statement, a comment above it included', () => {
    expect(parts('a\n  b\n# why\nelse\n  c\n\n# d\ne\n')).toEqual([
      [1, '', 'a\n  b\n# why\nelse\n  c'],
      [8, '# d', 'e'],
    ]);
  });
});

describe('textOf', () => {
  it('gives the source again, with one empty line where there was one or more', () => {
    const source = '# one\n\na = ~\n\n\nb ~\n# two\nc\n\n\n\nd\n  e\n';
    expect(textOf(statementsOf(source, syntax))).toBe('# one\n\na = ~\n\n\nb ~\n# two\nc\n\nd\n  e');
  });

  it.each(['typescript', 'python'])('gives the source of the functions in %s again', (language) => {
    for (const file of globSync(`src/functions/${language}/*.{ts,py}`)) {
      const source = readFileSync(file, 'utf8');
      const { statements } = language === 'python' ? parsePython(file, source) : parseTypescript(file, source);
      for (const { line, comment, code } of statements) {
        const text = [comment, code].filter(Boolean).join('\n');
        expect(source.replaceAll(/^export /gm, ''), `${file}:${line}`).toContain(text);
      }
      const kept = textOf(statements).split('\n').filter(Boolean);
      const lines = new Set(source.replaceAll(/^export /gm, '').split('\n'));
      expect(kept.filter((line) => !lines.has(line))).toEqual([]);
    }
  });
});

it('separates each file of this repository into whole statements', () => {
  const faults = globSync('src/{functions,stack,contract,twin/gateway,cloudformation/intrinsics}/**/*.ts').flatMap(
    (file) => {
      const source = readFileSync(file, 'utf8').replace(/^#!.*/, '');
      return statementsOf(source, typescriptSyntax(file)).flatMap(({ line, code }) =>
        isWhole(code) ? [] : [`${file}:${line}`],
      );
    },
  );
  expect(faults).toEqual([]);
});

const isWhole = (code: string): boolean => {
  try {
    stripTypeScriptTypes(code);
    return true;
  } catch {
    return false;
  }
};
