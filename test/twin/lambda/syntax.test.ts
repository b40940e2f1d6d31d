import { describe, expect, it } from 'vitest';
import { syntaxFault } from '../../../src/twin/lambda/syntax.ts';

const code = (zipFile: string) => ({ functionName: 'f', zipFile });

describe('the code of a function in Node.js', () => {
  it.each<[string, string, number, RegExp]>([
    ['a parenthesis too many', 'const a = 1;\nexports.handler = async () => (a));\n', 2, /^Unexpected token '\)'$/],
    ['a string that does not end', "const a = 'b;\n", 1, /^Invalid or unexpected token$/],
    ['a module', 'const a = 1;\nexport const handler = async () => a;\n', 2, /^Unexpected token 'export'$/],
    ['an import', "import fs from 'node:fs';\n", 1, /^Cannot use import statement outside a module$/],
    ['await outside of a function', '\n\nawait 1;\n', 3, /^await is only valid in async functions/],
    ['a name that stands twice', 'let a;\nlet a;\n', 2, /^Identifier 'a' has already been declared$/],
    ['the end of the wrapper', '});\n(() => {', 1, /^Unexpected token '\}'$/],
  ])('that has %s is named with its line', (_name, zipFile, line, message) => {
    expect(syntaxFault(code(zipFile))).toEqual([{ functionName: 'f', line, message: expect.stringMatching(message) }]);
  });

  it.each([
    ['nothing', ''],
    ['a hashbang', '#!/usr/bin/env node\nexports.handler = 1;'],
    [
      'what CommonJS has',
      'if (require && module && __filename && __dirname) return;\nexports.a = async () => import("node:fs");',
    ],
    ['what fails only when it runs', 'throw new Error(nobody);'],
  ])('that has %s is no fault', (_name, zipFile) => {
    expect(syntaxFault(code(zipFile))).toEqual([]);
  });
});
