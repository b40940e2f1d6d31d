import { describe, expect, it } from 'vitest';
import { textOf } from '../../../src/stack/code/statements.ts';
import { parseTypescript } from '../../../src/stack/code/typescript-module.ts';
import { messageOf } from './folder.ts';

const parse = (source: string) => parseTypescript('src/a/create-item.ts', `// Creates.\n${source}`);
const text = (source: string): string => textOf(parse(source).statements);

describe('parseTypescript', () => {
  it('takes the heading, imports and exports out, and keeps the rest as it is', () => {
    const module = parse(`import { createHash, randomUUID as uuid } from 'node:crypto';
import fs, { existsSync } from 'node:fs';
import * as os from 'node:os';
import type { Event } from 'aws-lambda';
import { type Json, parseJson } from './json.ts';
import {
  itemAnswer,
  handle,
} from './respond.ts';

/** How many. */
export const limit = 7;

let last = '';
// A function.
export async function twice(number: number) {
  return 2 * number;
}
class Thing {}
const { a, b: c } = last;
`);
    expect(module).toMatchObject({
      path: 'src/a/create-item.ts',
      heading: '// create-item.ts: Creates.',
      exports: ['limit', 'twice'],
      imports: [
        { file: 'json', names: ['parseJson'], line: 6 },
        { file: 'respond', names: ['itemAnswer', 'handle'], line: 7 },
      ],
      builtins: [
        { module: 'node:crypto', name: 'createHash', local: 'createHash', line: 2 },
        { module: 'node:crypto', name: 'randomUUID', local: 'uuid', line: 2 },
        { module: 'node:fs', local: 'fs', line: 3 },
        { module: 'node:fs', name: 'existsSync', local: 'existsSync', line: 3 },
        { module: 'node:os', local: 'os', line: 4 },
      ],
    });
    expect([...module.names]).toEqual([
      ['limit', 13],
      ['last', 15],
      ['twice', 17],
      ['Thing', 20],
      ['a', 21],
      ['c', 21],
    ]);
    expect(textOf(module.statements)).toBe(`/** How many. */
const limit = 7;

let last = '';
// A function.
async function twice(number: number) {
  return 2 * number;
}
class Thing {}
const { a, b: c } = last;`);
  });

  it('takes types out, the comments above them too, and no other comment', () => {
    expect(
      text(`/** Goes. */
export interface Thing {
  readonly a: string;
}
// Goes, too.
type Other =
  | 'a'
  | { readonly b: string };
/*
 * And this.
 */
declare global {
  interface JSON {}
}

// Stays.

/**
 * Stays with its statement.
 */
const a = 1; // And this.
export type { Event } from './events.ts';
`),
    ).toBe(`// Stays.

/**
 * Stays with its statement.
 */
const a = 1; // And this.`);
  });

  it('leaves text alone that looks like statements, types or imports', () => {
    const source = `const text = \`
import { a } from './a.ts';
export interface B {

}

// no comment
\`;`;
    expect(text(source)).toBe(source);
    expect(parse(source)).toMatchObject({ imports: [], exports: [] });
    expect([...parse(`${source}\nexport const after = /["'\`]/;\n`).names.keys()]).toEqual(['text', 'after']);
  });

  it.each([
    ['a package', "import { parse } from 'yaml';"],
    ['a file without its ending', "import { b } from './b';"],
    ['a file of another folder', "import { b } from '../b.ts';"],
    ['a name under another name', "import { b as c } from './b.ts';"],
    ['the default of a file', "import b from './b.ts';"],
    ['all of a file', "import * as b from './b.ts';"],
    ['a file for what it does', "import './b.ts';"],
    ['the default of a module by name', "import { default as fs } from 'node:fs';"],
    ['a file when it is needed', "const b = () => import('./b.ts');"],
    ['an export by default', 'export default async () => 1;'],
    ['an export of names', 'const a = 1;\nexport { a };'],
    ['an export of another file', "export * from './b.ts';"],
    ['an export of parts', 'export const { a, b } = { a: 1, b: 2 };'],
  ])('rejects %s', (_, source) => {
    const line = source.split('\n').length + 2;
    const message = messageOf(() => parse(`\n${source}`));
    expect(message).toContain(
      `src/a/create-item.ts:${line}: ${source.split('\n').at(-1)} cannot be inlined; use named imports`,
    );
  });

  it.each([
    ['const a = (1;\n', 2],
    ['\nconst a = 1;\n\nconst b: = 2;\n', 5],
    ['const a = `\n', 2],
    ['\nenum Color {\n  Red,\n}\n', 3],
    ['class A {\n  constructor(readonly a: string) {}\n}\n', 3],
  ])('names file and line of what is not TypeScript without types: %j', (source, line) => {
    expect(messageOf(() => parse(source))).toMatch(
      new RegExp(`^src/a/create-item\\.ts:${line}: [^\\n]+; "npm run types" shows more$`),
    );
  });

  it('wants a first line that says what the file is for', () => {
    const message = messageOf(() => parseTypescript('a.ts', 'export const a = 1;\n'));
    expect(message).toBe('a.ts:1: say in a first line "// …" what the file is for: it becomes the heading of its code');
  });
});
