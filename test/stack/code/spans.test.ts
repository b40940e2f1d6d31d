import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { pythonSpans } from '../../../src/stack/code/python-spans.ts';
import { lineAt } from '../../../src/stack/code/statements.ts';
import { typescriptSpans } from '../../../src/stack/code/typescript-spans.ts';

const reject = (source: string) => (offset: number, fault: string) => {
  throw new Error(`${lineAt(source, offset)}: ${fault}`);
};

/** The lines that begin within something that began above. */
const inner = (spans: typeof typescriptSpans, source: string): string[] => {
  const lines = new Set<number>();
  for (const [begin, end] of spans(source, reject(source))) {
    for (let line = lineAt(source, begin); line < lineAt(source, end); line++) lines.add(line);
  }
  return source.split('\n').filter((_, index) => lines.has(index));
};

describe('typescriptSpans', () => {
  it.each([
    ['a template literal', 'a = `\nin\n`;\nout', ['in', '`;']],
    ['a template literal in an expression of another', 'a = `${`\nin\n${1}`}\nin`;\nout', ['in', '${1}`}', 'in`;']],
    ['an object in an expression of a template literal', 'a = `${{ b: "}`" }}`;\nout', []],
    ['a backtick that is escaped', 'a = `\\`\nin`;\nout', ['in`;']],
    ['a dollar that begins no expression', 'a = `$\n$${1}$`;\nout', ['$${1}$`;']],
    ['a block comment', '/* `\nin " */\nout', ['in " */']],
    ['brackets', 'f(\nin,\n[\n1]);\nout', ['in,', '[', '1]);']],
    ['a string with quotes, brackets and a comment', "a = '\"`({[ /* // \\'';\nout", []],
    ['a line comment with a quote', "// it's (\nout", []],
    ['a regular expression with quotes and brackets', 'a = b.match(/["`\'({[]/g);\nout', []],
    ['a regular expression with a class that has a slash', 'a = /[/"]/;\nout', []],
    ['a regular expression with an escaped slash', 'a = /\\/"/;\nout', []],
    ['a regular expression behind a keyword', 'return /"/;\nout', []],
    ['a regular expression at the beginning of brackets', 'a = [/"/, f(/`/)];\nout', []],
    ['a regular expression in a template literal', 'a = `${/`/}`;\nout', []],
    ['divisions', 'a = b / c / "x";\nd = (e) / f[0] / 2;\nout', []],
    ['a division by a string of a template literal', 'a = `${b / c}/`;\nd = 1 / 2; // "\nout', []],
    ['names of properties that objects have by themselves', 'constructor(a) {\nin\n}\nout', ['in', '}']],
  ])('knows %s', (_, source, expected) => {
    expect(inner(typescriptSpans, source)).toEqual(expected);
  });

  it.each([
    ['a = 1;\nb = `x\n', '2: a template literal begins here and does not end'],
    ['a = `${b`;\n', '1: a template literal begins here and does not end'],
    ['a = `${b;\n', '1: { is not closed'],
    ["a = 'b;\n", '1: a string begins here and does not end'],
    ['/* a\n', '1: a comment begins here and does not end'],
    ['\nf(1;\n', '2: ( is not closed'],
    ['f();\n}\n', '2: } closes nothing'],
    ['f([)];\n', '1: ) closes nothing'],
  ])('rejects %j', (source, message) => {
    expect(() => inner(typescriptSpans, source)).toThrow(message);
  });

  it('reads every file of this repository', () => {
    const files = globSync('src/**/*.ts');
    expect(files.length).toBeGreaterThan(100);
    for (const file of files) {
      const source = readFileSync(file, 'utf8');
      expect(() => typescriptSpans(source, reject(`${file}\n${source}`)), file).not.toThrow();
    }
  });
});

describe('pythonSpans', () => {
  it.each([
    ['a string in three quotes', 'a = """\nin " \'\'\'\n"""\nout', ["in \" '''", '"""']],
    ['a string in three single quotes', "a = '''\nin \"\"\"'''\nout", ['in """\'\'\'']],
    ['an escaped quote', 'a = """\\"""\nin"""\nout', ['in"""']],
    ['an empty string', 'a = ""\nb = \'\'\nout', []],
    ['brackets', 'f(\nin,\n[\n1])\nout', ['in,', '[', '1])']],
    ['brackets and quotes in strings and comments', 'a = "([{\'" # it\'s (\nout', []],
    ['an escaped line break', 'a = 1 + \\\n2\nout', ['2']],
    ['a string with a prefix', "a = rb'\\''\nf\"{b['c']}(\"\nout", []],
  ])('knows %s', (_, source, expected) => {
    expect(inner(pythonSpans, source)).toEqual(expected);
  });

  it.each([
    ['a = 1\nb = """x\n', '2: a string begins here and does not end'],
    ["a = 'b\n", '1: a string begins here and does not end'],
    ['\nf(1\n', '2: ( is not closed'],
    ['f()\n]\n', '2: ] closes nothing'],
  ])('rejects %j', (source, message) => {
    expect(() => inner(pythonSpans, source)).toThrow(message);
  });

  it('reads every file of this repository', () => {
    const files = globSync(['src/**/*.py', 'test/**/*.py', 'scan/**/*.py']);
    expect(files.length).toBeGreaterThan(15);
    for (const file of files) {
      const source = readFileSync(file, 'utf8');
      expect(() => pythonSpans(source, reject(source)), file).not.toThrow();
    }
  });
});
