import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { compileFunction } from 'node:vm';
import { afterEach, describe, expect, it } from 'vitest';
import { operations } from '../../src/contract/operations.ts';
import { editions } from '../../src/stack/editions.ts';
import { inlineTypescript } from '../../src/stack/inline.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

const inline = (files: Record<string, string>, handlers = ['handler']) => {
  const folder = mkdtempSync(join(tmpdir(), 'items-inline-'));
  folders.push(folder);
  for (const [name, source] of Object.entries(files)) writeFileSync(join(folder, name), source);
  return inlineTypescript(folder, handlers);
};

/** Runs code as Lambda runs `index.js`. */
const commonJs = (code: string): { lambda_handler?: (...args: unknown[]) => unknown } => {
  const exports = {};
  compileFunction(code, ['exports', 'require', 'module'])(exports, createRequire(import.meta.url), { exports });
  return exports;
};

const run = (code: ReturnType<typeof inline>, handler = 'handler', event?: unknown): unknown =>
  commonJs(code.shared + code.handlers.get(handler)).lambda_handler?.(event);

describe('inlineTypescript', () => {
  it('joins what handlers share, in the order in which it is needed, and their own code', async () => {
    const code = inline(
      {
        'handler.ts':
          "import { double } from './b.ts';\nimport type { T } from './a.ts';\nexport const lambda_handler = async (n: T) => double(n);",
        'other.ts': "import { one } from './a.ts';\nexport const lambda_handler = async () => one;",
        'b.ts': "import { one, type T } from './a.ts';\nexport const double = (n: T): T => n * 2 * one;",
        'a.ts': 'export type T = number;\nexport const one = Math.max(1);',
      },
      ['handler', 'other'],
    );
    expect(code.shared).toBe('"use strict";\nconst one=Math.max(1);\nconst double=o=>o*2*one;\n');
    expect(code.handlers.get('other')).toBe('exports.lambda_handler = async () => one;\n');
    await expect(run(code, 'handler', 21)).resolves.toBe(42);
  });

  it('lets those who import it wait for a shared promise, and those who require it not', async () => {
    const code = inline({
      'handler.ts': "import { state } from './a.ts';\nexport const lambda_handler = async () => state.is;",
      'a.ts':
        "export const state = { is: 'new' };\nexport const ready = new Promise<void>((resolve) => setImmediate(() => { state.is = 'ready'; resolve(); }));",
    });
    await expect(run(code)).resolves.toBe('new');
    const folder = mkdtempSync(join(tmpdir(), 'items-inline-'));
    folders.push(folder);
    const file = join(folder, 'index.cjs');
    writeFileSync(file, code.shared + code.handlers.get('handler'));
    const { lambda_handler } = await import(/* @vite-ignore */ pathToFileURL(file).href);
    await expect(lambda_handler()).resolves.toBe('ready');
  });

  it('takes modules of Node.js once, under every form of import', async () => {
    const code = inline({
      'handler.ts':
        "import { createHash as hash, randomUUID } from 'node:crypto';\nimport { sum } from './a.ts';\nimport * as os from 'node:os';\nexport const lambda_handler = async () => [sum('x'), hash('md5') && randomUUID().length, os.EOL.length];",
      'a.ts':
        "import fs, { existsSync } from 'node:fs';\nimport { createHash } from 'node:crypto';\nexport const sum = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 4) + existsSync(fs.realpathSync('.'));",
    });
    expect(code.handlers.get('handler')).not.toContain('createHash }');
    await expect(run(code)).resolves.toEqual(['2d71true', 36, 1]);
  });

  it('keeps every line of template literals', async () => {
    const code = inline({
      'handler.ts': "import { text } from './a.ts';\nexport const lambda_handler = async () => text + `\n    own\n`;",
      'a.ts': 'export const text = `a\n  b\nconst c = 1;\n\nd`;',
    });
    await expect(run(code)).resolves.toBe('a\n  b\nconst c = 1;\n\nd\n    own\n');
  });

  const handler = 'export const lambda_handler = async () => 1;';
  it.each([
    [
      'a name that two files declare',
      {
        'handler.ts': `import { b } from './b.ts';\nconst a = 1;\n${handler}\nb(a);`,
        'b.ts': 'const a = 2;\nexport const b = (n: number) => a + n;',
      },
      /b\.ts.*"a"|"a".*b\.ts/,
    ],
    [
      'a function that two files declare',
      { 'handler.ts': `import './b.ts';\n${handler}`, 'b.ts': '' },
      /import "\.\/b\.ts"/,
    ],
    [
      'an import under another name',
      { 'handler.ts': `import { b as c } from './b.ts';\n${handler}\nc();`, 'b.ts': 'export const b = () => 1;' },
      /handler\.ts: import \{ b as c \}/,
    ],
    ['a package', { 'handler.ts': `import { parse } from 'yaml';\n${handler}\nparse('');` }, /from "yaml"/],
    ['a default export', { 'handler.ts': 'export default async () => 1;' }, /export default/],
    [
      'a handler without its export',
      { 'handler.ts': 'export const handler = async () => 1;' },
      /must export lambda_handler.*exports handler/,
    ],
    [
      'a handler that another imports',
      { 'handler.ts': `import { lambda_handler as x } from './b.ts';`, 'b.ts': handler },
      /cannot be inlined/,
    ],
    [
      'files that import each other',
      {
        'handler.ts': `import { b } from './b.ts';\n${handler}\nb();`,
        'b.ts': "import { c } from './c.ts';\nexport const b = () => c();",
        'c.ts': "import { b } from './b.ts';\nexport const c = () => b();",
      },
      /handler\.ts -> b\.ts -> c\.ts -> b\.ts/,
    ],
  ])('refuses %s', (_, files, message) => {
    expect(() => inline(files as unknown as Record<string, string>)).toThrow(message);
  });
});

describe('the handlers', () => {
  const code = editions['template.yaml']?.().code;

  it.each(operations.map(({ handler }) => [handler]))(
    '%s runs as CommonJS and takes no callback, which Node.js 24 functions must not',
    (handler) => {
      const { lambda_handler } = commonJs(`${code?.shared}${code?.handlers.get(handler)}`);
      expect(lambda_handler).toBeTypeOf('function');
      expect(lambda_handler?.length).toBeLessThan(3);
    },
  );
});
