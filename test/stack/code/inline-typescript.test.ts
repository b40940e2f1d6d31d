import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { compileFunction } from 'node:vm';
import { afterAll, describe, expect, it } from 'vitest';
import { type InlineCode, sourceOf } from '../../../src/stack/code/edition.ts';
import { inlineTypescript } from '../../../src/stack/code/inline-typescript.ts';
import { SynthError } from '../../../src/stack/code/synth-error.ts';
import { functionsOf, messageOf, sourceFolders } from './folder.ts';

const folders = sourceFolders();
afterAll(folders.delete);

const handlerOf = (code: InlineCode, name: string) => {
  const handler = code.handlers.get(name);
  if (!handler) throw new Error(`no ${name}`);
  return handler;
};

const wholeSource = (code: InlineCode, name: string): string => sourceOf(code, handlerOf(code, name));

/** Runs a handler as Lambda runs `index.js` that `require` loads. */
const run = (code: InlineCode, name: string, event?: unknown): unknown => {
  const exports: { lambda_handler?: (event: unknown) => unknown } = {};
  const compiled = compileFunction(wholeSource(code, name), ['exports', 'require', 'module']);
  compiled(exports, createRequire(import.meta.url), { exports });
  return exports.lambda_handler?.(event);
};

// The formatter starts a process: one call for all that has to work.
const files = {
  'double.ts': `// Doubles a number.
import { times } from './times.ts';
import type { Count } from './one.ts';

/** Doubles the event. */
export const lambda_handler = async (count: Count): Promise<number> => times(count, 2);
`,
  'once.ts': `// Gives one.
import { one } from './one.ts';

export async function lambda_handler() {
  return one;
}
`,
  'typed.ts': `// Names its type.
type Handler = () => Promise<string>;
export const lambda_handler: Handler = async () => typeof lambda_handler;
`,
  'modules.ts': `// Takes modules under every form.
import { createHash, createHash as hash, randomUUID } from 'node:crypto';
import { sum } from './sum.ts';
import * as os from 'node:os';

export const lambda_handler = async () => [sum('x'), hash('md5') && createHash('md5') && randomUUID().length, os.EOL.length];
`,
  'literals.ts': `// Has text of several lines.
import { text } from './text.ts';

export const lambda_handler = async () => text + \`
    own
\`;
`,
  'times.ts': `// Multiplies.
import { one, type Count } from './one.ts';

// A comment by itself.

/**
 * A comment above.
 */
export const times = (count: Count, by: number): Count => {
  // A comment within.
  return count * by * one; // And behind.
};
`,
  'one.ts': `// Knows how much one is.

/** Goes. */
export type Count = number;

export const one = Math.max(1);
`,
  'sum.ts': `// Computes a checksum.
import fs, { existsSync } from 'node:fs';
import { createHash } from 'node:crypto';

export const sum = (text: string) =>
  createHash('sha256').update(text).digest('hex').slice(0, 4) + existsSync(fs.realpathSync('.'));
`,
  'text.ts': `// Keeps text.
export const text = \`a
  b
const c = 1;

// no comment
export interface D {
}
import { e } from './e.ts';
\${[1].map(() => \`
f\`)}\`;
`,
};
const code = inlineTypescript(folders.write(files), functionsOf(['double', 'once', 'typed', 'modules', 'literals']));

describe('inlineTypescript', () => {
  it('gives each shared file once, in the order in which they are needed', () => {
    expect(code.shared.map(({ name }) => name)).toEqual(['Imports', 'One', 'Times', 'Sum', 'Text']);
    expect(Object.fromEntries([...code.handlers].map(([name, { needs }]) => [name, needs]))).toEqual({
      double: ['Imports', 'One', 'Times'],
      once: ['Imports', 'One'],
      typed: ['Imports'],
      modules: ['Imports', 'Sum'],
      literals: ['Imports', 'Text'],
    });
  });

  it('gives code that reads like its source, under a heading', () => {
    expect(wholeSource(code, 'double')).toBe(`// Imports: modules of Node.js that the shared files use.

'use strict';
const { createHash } = require('node:crypto');
const { existsSync } = require('node:fs');
const fs = require('node:fs');

// one.ts: Knows how much one is.

const one = Math.max(1);

// times.ts: Multiplies.

// A comment by itself.

/**
 * A comment above.
 */
const times = (count, by) => {
  // A comment within.
  return count * by * one; // And behind.
};

// double.ts: Doubles a number.

/** Doubles the event. */
exports.lambda_handler = async (count) => times(count, 2);
`);
  });

  it('gives code that runs', async () => {
    await expect(run(code, 'double', 21)).resolves.toBe(42);
    await expect(run(code, 'once')).resolves.toBe(1);
  });

  it('exports a handler in whatever form it is declared', async () => {
    await expect(run(code, 'typed')).resolves.toBe('function');
    expect(handlerOf(code, 'once').text).toMatch(
      /^async function lambda_handler\(\) \{[\s\S]+^exports\.lambda_handler = lambda_handler;$/m,
    );
  });

  it('takes modules of Node.js once, under every form of import', async () => {
    expect(wholeSource(code, 'modules').match(/.*require.*/g)).toEqual([
      "const { createHash } = require('node:crypto');",
      "const { existsSync } = require('node:fs');",
      "const fs = require('node:fs');",
      "const { createHash: hash, randomUUID } = require('node:crypto');",
      "const os = require('node:os');",
    ]);
    await expect(run(code, 'modules')).resolves.toEqual(['2d71true', 36, 1]);
  });

  it('keeps every line of template literals, wherever they begin', async () => {
    const text = "a\n  b\nconst c = 1;\n\n// no comment\nexport interface D {\n}\nimport { e } from './e.ts';\n\nf";
    await expect(run(code, 'literals')).resolves.toBe(`${text}\n    own\n`);
  });

  it('lets those who import it wait for a shared promise, and those who require it not', async () => {
    const waiting = inlineTypescript(
      folders.write({
        'handler.ts': `// Shows the state.
import { state } from './state.ts';
export const lambda_handler = async () => state.is;
`,
        'other.ts': "// Needs no state.\nexport const lambda_handler = async () => 'other';\n",
        'state.ts': `// Has a state.
export const state = { is: 'new' };
export const ready = new Promise<void>((resolve) => setImmediate(() => { state.is = 'ready'; resolve(); }));
`,
      }),
      functionsOf(['handler', 'other']),
    );
    expect(handlerOf(waiting, 'handler').needs).toEqual(['Imports', 'State', 'Init']);
    expect(handlerOf(waiting, 'other').needs).toEqual(['Imports']);
    await expect(run(waiting, 'handler')).resolves.toBe('new');
    const file = join(folders.write({}), 'index.cjs');
    writeFileSync(file, wholeSource(waiting, 'handler'));
    const { lambda_handler } = await import(/* @vite-ignore */ pathToFileURL(file).href);
    await expect(lambda_handler()).resolves.toBe('ready');
  });

  it.each([
    [
      'await at the top level',
      "import { setTimeout } from 'node:timers/promises';\n\nawait setTimeout(1);\n",
      4,
      'await is only valid',
    ],
    ['import.meta', '\n\nconst folder =\n  import.meta.dirname;\n', 4, "Cannot use 'import.meta'"],
  ])('rejects %s, which CommonJS does not have', (_, source, line, fault) => {
    const folder = folders.write({ 'handler.ts': `// Waits.\n${source}\nexport const lambda_handler = async () => 1;\n` });
    const message = messageOf(() => inlineTypescript(folder, functionsOf(['handler'])));
    expect(message).toMatch(
      new RegExp(
        `handler\\.ts:${line}: ${fault}[^\\n]+; a function is a CommonJS file, without top-level await and import\\.meta$`,
      ),
    );
    expect(() => inlineTypescript(folder, functionsOf(['handler']))).toThrow(SynthError);
  });

  it('rejects code that is right in each file, and wrong in one scope', () => {
    const folder = folders.write({
      'handler.ts':
        "// Has two.\nimport { b } from './b.ts';\nconst a = 1,\n  c = 2;\nexport const lambda_handler = async () => a + b + c;\n",
      'b.ts': '// Has two as well.\nconst { c = 1 } = { c: 3 };\nexport const b = c;\n',
    });
    const message = messageOf(() => inlineTypescript(folder, functionsOf(['handler'])));
    expect(message).toMatch(
      /handler\.ts:1: the function's code does not compile: Identifier 'c' has already been declared$/,
    );
  });
});
