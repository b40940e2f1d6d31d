import { basename } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadFiles } from '../../../src/stack/code/load.ts';
import { parsePython } from '../../../src/stack/code/python-module.ts';
import { SynthError } from '../../../src/stack/code/synth-error.ts';
import { parseTypescript } from '../../../src/stack/code/typescript-module.ts';
import { functionsOf, messageOf, sourceFolders } from './folder.ts';

const folders = sourceFolders();
afterAll(folders.delete);

type Sources = Readonly<Record<string, string>>;

/** Files by name without their ending; each gets a heading. */
const typescript = (sources: Sources, handlers = ['handler']) => {
  const files = Object.entries(sources).map(([name, source]) => [`${name}.ts`, `// Does something.\n${source}`]);
  return loadFiles(folders.write(Object.fromEntries(files)), functionsOf(handlers), (name) => `${name}.ts`, parseTypescript);
};

const python = (sources: Sources, handlers = ['the-handler']) => {
  const files = Object.entries(sources).map(([name, source]) => [`${name}.py`, `"""Does something."""\n${source}`]);
  const fileOf = (name: string) => `${name.replaceAll('-', '_')}.py`;
  return loadFiles(folders.write(Object.fromEntries(files)), functionsOf(handlers), fileOf, parsePython);
};

const handler = 'export const lambda_handler = async () => 1;\n';
const pythonHandler = 'def lambda_handler(event, context):\n    return 1\n';

/** The message of a fault, its folder left out. */
const fault = (run: () => unknown): string => messageOf(run).replaceAll(/[^ "(]*\/items-sources-\w+\//g, '');

describe('loadFiles', () => {
  it('gives shared files in the order in which they are needed, and to each handler those that it needs', () => {
    const { shared, handlers } = typescript(
      {
        first: `import { c } from './c.ts';\nimport { a } from './a.ts';\n${handler}`,
        second: `import { a } from './a.ts';\n${handler}`,
        third: handler,
        a: 'export const a = 1;\n',
        b: "import { a } from './a.ts';\nexport const b = a;\n",
        c: "import { b } from './b.ts';\nexport const c = b;\n",
        unused: 'this is no TypeScript',
      },
      ['first', 'second', 'third'],
    );
    const names = (modules: readonly { readonly path: string }[]) => modules.map(({ path }) => basename(path));
    expect(names(shared)).toEqual(['a.ts', 'b.ts', 'c.ts']);
    expect([...handlers].map(([name, { module, needs }]) => [name, basename(module.path), ...names(needs)])).toEqual([
      ['first', 'first.ts', 'a.ts', 'b.ts', 'c.ts'],
      ['second', 'second.ts', 'a.ts'],
      ['third', 'third.ts'],
    ]);
  });

  it('reads files with line breaks of Windows', () => {
    const { shared } = typescript({ handler: `import { a } from './a.ts';\n${handler}`, a: 'export const a = 1;\r\n' });
    expect(shared[0]?.statements.map(({ code }) => code)).toEqual(['const a = 1;']);
  });

  it('takes a name from a module of the runtime as often as files ask for it', () => {
    const a = "import { sep } from 'node:path';\nimport * as fs from 'node:fs';\n";
    expect(() =>
      typescript({ handler: `${a}import { b } from './b.ts';\n${handler}`, b: `${a}export const b = 1;` }),
    ).not.toThrow();
    const b = 'import urllib.parse\nimport urllib.request\n';
    expect(() => python({ the_handler: `${b}from .b import c\n${pythonHandler}`, b: `${b}c = 1\n` })).not.toThrow();
  });

  it.each<[string, Sources, string]>([
    [
      'a handler that is not there',
      {},
      'handler.ts: there is no such file, but src/contract/operations.ts names it as a handler: write it, or correct the row',
    ],
    [
      'a file that is not there',
      { handler: `\nimport { b } from './b.ts';\n${handler}` },
      'handler.ts:3: there is no file b.ts to import from: correct the name, or write the file',
    ],
    [
      'a name that the other file does not export',
      { handler: `import { b, c } from './b.ts';\n${handler}`, b: 'export const b = 1;\nconst c = 2;\n' },
      'handler.ts:2: b.ts has no c to import: correct the name, or define it there',
    ],
    [
      'files that import each other',
      {
        handler: `import { b } from './b.ts';\n${handler}`,
        b: "import { c } from './c.ts';\nexport const b = () => c();\n",
        c: "\n\nimport { b } from './b.ts';\nexport const c = () => b();\n",
      },
      'c.ts:4: the files import each other: b.ts -> c.ts -> b.ts; move what both need to a third file',
    ],
    [
      'a handler without its export',
      { handler: 'export const handler = async () => 1;\n' },
      'handler.ts:1: there is no lambda_handler to invoke: export the handler under this name',
    ],
    [
      'a name that two files declare',
      { handler: `import { b } from './b.ts';\nconst a = 1;\n${handler}`, b: '\nconst a = 2;\nexport const b = a;\n' },
      'handler.ts:3: it declares a, which b.ts:3 declares. The files of a function share one scope: rename one',
    ],
    [
      'a name that another file imports',
      {
        handler: `import { b } from './b.ts';\nconst sep = 1;\n${handler}`,
        b: "import { sep } from 'node:path';\nexport const b = sep;\n",
      },
      'handler.ts:3: it declares sep, which b.ts:2 imports. The files of a function share one scope: rename one',
    ],
    [
      'a name that two files import from different modules',
      {
        handler: `import { b } from './b.ts';\nimport { join } from 'node:path';\n${handler}`,
        b: "import { join } from 'node:path/posix';\nexport const b = join;\n",
      },
      'handler.ts:3: it imports join, which b.ts:2 imports as another thing. The files of a function share one scope: rename one',
    ],
    [
      'a file whose key in the mapping is taken',
      { handler: `import { b } from './init.ts';\n${handler}`, init: 'export const b = 1;\n' },
      'init.ts:1: its key in the mapping, Init, is that of what ends INIT: rename the file',
    ],
    [
      'files of one key in the mapping',
      {
        handler: `import { b } from './b-c.ts';\nimport { c } from './bC.ts';\n${handler}`,
        'b-c': 'export const b = 1;\n',
        bC: 'export const c = 1;\n',
      },
      'bC.ts:1: its key in the mapping, BC, is that of b-c.ts: rename the file',
    ],
  ])('rejects %s', (_, sources, message) => {
    expect(fault(() => typescript(sources))).toBe(message);
    expect(() => typescript(sources)).toThrow(SynthError);
  });

  it('rejects a name that a handler declares and a file imports that this handler does not need', () => {
    const sources = {
      first: 'const sep = 1;\nexport const lambda_handler = async () => sep;\n',
      second: `import { b } from './b.ts';\n${handler}`,
      b: "import { sep } from 'node:path';\nexport const b = sep;\n",
    };
    expect(fault(() => typescript(sources, ['first', 'second']))).toMatch(
      /^first\.ts:2: it declares sep, which b\.ts:2 imports/,
    );
  });

  it('rejects a handler that another file imports', () => {
    const sources = { first: `import { lambda_handler } from './second.ts';\n${handler}`, second: handler };
    for (const handlers of [
      ['first', 'second'],
      ['second', 'first'],
    ]) {
      expect(fault(() => typescript(sources, handlers))).toBe(
        'first.ts:2: second.ts is a handler, which no file may import; move what both need to a third file',
      );
    }
  });

  it.each<[string, Sources, string]>([
    [
      'an import of a file of the folder without its dot',
      { the_handler: `\nfrom item import parse_item\n${pythonHandler}`, item: 'parse_item = 1\n' },
      'the_handler.py:3: item.py is a file of this folder: write "from .item import …"',
    ],
    [
      'an import of a file of the folder as a whole',
      { the_handler: `import item\n${pythonHandler}`, item: 'parse_item = 1\n' },
      'the_handler.py:2: item.py is a file of this folder: write "from .item import …"',
    ],
    [
      'a name that the other file does not define',
      { the_handler: `from .item import parse_itm\n${pythonHandler}`, item: 'parse_item = 1\n' },
      'the_handler.py:2: item.py has no parse_itm to import: correct the name, or define it there',
    ],
    [
      'a name that two files define, one of them in a block',
      {
        the_handler: `from .b import c\n${pythonHandler}\n\na = 1\n`,
        b: 'try:\n    a = 2\nexcept OSError:\n    a = 3\nc = a\n',
      },
      'the_handler.py:7: it declares a, which b.py:2 declares. The files of a function share one scope: rename one',
    ],
    [
      'a name that another file imports',
      { the_handler: `from .b import c\nimport json\n${pythonHandler}`, b: 'def json():\n    return 1\n\n\nc = 1\n' },
      'b.py:2: it declares json, which the_handler.py:3 imports. The files of a function share one scope: rename one',
    ],
    [
      'a file without its handler',
      { the_handler: 'def handler(event, context):\n    return 1\n' },
      'the_handler.py:1: there is no lambda_handler to invoke: export the handler under this name',
    ],
  ])('rejects %s in Python', (_, sources, message) => {
    expect(fault(() => python(sources))).toBe(message);
  });

  it('gives what a block may define to files that import it', () => {
    const b = 'try:\n    import fast as a\nexcept ImportError:\n    a = None\nfor c, d in ():\n    pass\n';
    expect(() => python({ the_handler: `from .b import a, c, d\n${pythonHandler}`, b })).not.toThrow();
  });
});
