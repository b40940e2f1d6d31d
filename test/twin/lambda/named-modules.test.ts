import { describe, expect, it } from 'vitest';
import { namedModules, packageOf } from '../../../src/twin/lambda/named-modules.ts';

describe('the modules that code names', () => {
  it.each<[string, string, [string, number][]]>([
    [
      'require',
      'const a = require(\'a\');\nconst { b } = require("@s/b/c");',
      [
        ['a', 1],
        ['@s/b/c', 2],
      ],
    ],
    [
      'import',
      "import 'a';\nimport b from 'b';\nimport c, { d as e } from \"c\";\nimport * as f from 'f'",
      [
        ['a', 1],
        ['b', 2],
        ['c', 3],
        ['f', 4],
      ],
    ],
    [
      'an import in several lines',
      "import {\n  a,\n  b,\n} from 'a';\nimport 'b';",
      [
        ['a', 4],
        ['b', 5],
      ],
    ],
    [
      'minified imports',
      "import{a as b}from'a';import*as c from\"b\";export*from'c';",
      [
        ['a', 1],
        ['b', 1],
        ['c', 1],
      ],
    ],
    [
      'import()',
      "const a = await import('a');\nimport(`b`);",
      [
        ['a', 1],
        ['b', 2],
      ],
    ],
    ['a module twice', "require('a');\nrequire('a');", [['a', 1]]],
    ['names that only running tells', "require(name); import(`${a}`); require('a' + b);", []],
    ['a method', "a.require('a'); b.import('b');", []],
    ['comments', "// require('a')\n/* import 'b';\n */ require('c');", [['c', 3]]],
    ['strings', "const a = \"require('a')\"; const b = 'http://x'; require('b');", [['b', 1]]],
    ['a template string', "const a = `it's\nrequire('a')`;\nrequire('b');", [['b', 3]]],
  ])('%s', (_name, source, expected) => {
    expect(namedModules(source).map(({ name, line }) => [name, line])).toEqual(expected);
  });

  it('are of packages', () => {
    expect(['a', 'a/b', '@s/a', '@s/a/b/c'].map(packageOf)).toEqual(['a', 'a', '@s/a', '@s/a']);
  });
});
