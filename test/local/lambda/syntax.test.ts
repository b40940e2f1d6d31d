import { describe, expect, it } from 'vitest';
import { syntaxFaults } from '../../../src/local/lambda/syntax.ts';

const code = (zipFile: string, runtime = 'nodejs24.x') => ({ functionName: 'f', runtime, zipFile });

describe('the code of a function in Node.js', () => {
  it.each<[string, string, number, RegExp]>([
    ['a parenthesis too many', 'const a = 1;\nexports.handler = async () => (a));\n', 2, /^Unexpected token '\)'$/],
    ['a string that does not end', "const a = 'b;\n", 1, /^Invalid or unexpected token$/],
    ['a module', 'const a = 1;\nexport const handler = async () => a;\n', 2, /^Unexpected token 'export'$/],
    ['an import', "import fs from 'node:fs';\n", 1, /^Cannot use import statement outside a module$/],
    ['await outside of a function', '\n\nawait 1;\n', 3, /^await is only valid in async functions/],
    ['a name that stands twice', 'let a;\nlet a;\n', 2, /^Identifier 'a' has already been declared$/],
    ['the end of the wrapper', '});\n(() => {', 1, /^Unexpected token '\}'$/],
  ])('that has %s is named with its line', async (_name, zipFile, line, message) => {
    expect(await syntaxFaults([code('exports.handler = 1;'), { ...code(zipFile), functionName: 'g' }])).toEqual([
      { functionName: 'g', line, message: expect.stringMatching(message) },
    ]);
  });

  it.each([
    ['nothing', ''],
    ['a hashbang', '#!/usr/bin/env node\nexports.handler = 1;'],
    [
      'what CommonJS has',
      'if (require && module && __filename && __dirname) return;\nexports.a = async () => import("node:fs");',
    ],
    ['what fails only when it runs', 'throw new Error(nobody);'],
  ])('that has %s is no fault', async (_name, zipFile) => {
    expect(await syntaxFaults([code(zipFile)])).toEqual([]);
  });
});
