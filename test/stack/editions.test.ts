import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { compileFunction } from 'node:vm';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { operations } from '../../src/contract/operations.ts';
import type { Template } from '../../src/stack/cloudformation.ts';
import { type Edition, sourceOf } from '../../src/stack/code/edition.ts';
import { type EditionFile, editions } from '../../src/stack/editions.ts';
import { renderTemplate } from '../../src/stack/render.ts';
import { buildTemplate } from '../../src/stack/template.ts';
import { environment, python, whyNot } from '../functions/python/python.ts';
import { sourceFolders } from './code/folder.ts';
import { source } from './edition.ts';
import { parseTemplate } from './parse.ts';

interface Built {
  readonly edition: Edition;
  readonly template: Template;
  readonly yaml: string;
}

const build = (file: EditionFile): Built => {
  const edition = editions[file]();
  const template = buildTemplate(edition, source);
  return { edition, template, yaml: renderTemplate(template, 'heading') };
};
const inTypescript = build('template.yaml');
const inPython = build('template.python.yaml');
const folders = sourceFolders();
afterAll(folders.delete);

/** The whole source of each function, as CloudFormation joins it. */
const sources = ({ template }: Built): [operation: string, source: string][] =>
  operations.map(({ name }) => {
    const { ZipFile } = (template.Resources[`${name}Function`]?.Properties.Code ?? {}) as unknown as {
      ZipFile: { 'Fn::Join': [string, (string | { 'Fn::FindInMap': [string, string, string] })[]] };
    };
    const [separator, parts] = ZipFile['Fn::Join'];
    const texts = parts.map((part) => {
      if (typeof part === 'string') return part;
      const [map, row, column] = part['Fn::FindInMap'];
      return template.Mappings[map]?.[row]?.[column] ?? '';
    });
    return [name, texts.join(separator)];
  });

/** Paths to what differs. */
const differences = (a: unknown, b: unknown, path = ''): string[] => {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return Object.is(a, b) ? [] : [path];
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].flatMap((key) =>
    differences((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key], path ? `${path}/${key}` : key),
  );
};

describe('the editions', () => {
  it('differ in Runtime and code, and in nothing else', () => {
    const paths = differences(inTypescript.template, inPython.template);
    const expected =
      /^Resources\/\w+Function\/Properties\/(?:Runtime$|Code\/ZipFile\/Fn::Join\/1\/)|^Mappings\/Code\/Shared\/\w+$/;
    expect(paths.filter((path) => !expected.test(path))).toEqual([]);
    for (const { name } of operations) expect(paths).toContain(`Resources/${name}Function/Properties/Runtime`);
    expect(Object.keys(inPython.template.Resources)).toEqual(Object.keys(inTypescript.template.Resources));
  });

  it('differ as little in their files', () => {
    const outsideOfCode = ({ yaml }: Built): string => {
      const [before = '', mappings = ''] = yaml.split(/^(?=Mappings:$)/m);
      return `${before
        .replaceAll(/^( +)ZipFile: !Join\n(?:\1 .*\n|\n(?=\1 |\n))*/gm, '')
        .replaceAll(/Runtime: .*/g, '')}${mappings.slice(0, 'Mappings:'.length)}`;
    };
    expect(outsideOfCode(inPython).length).toBeGreaterThan(20_000);
    expect(outsideOfCode(inPython)).toBe(outsideOfCode(inTypescript));
    expect(outsideOfCode(inPython)).not.toMatch(/lambda_handler(?!$)|const |def /m);
  });

  it.each([
    ['template.yaml', inTypescript],
    ['template.python.yaml', inPython],
  ])(
    '%s reads as exactly the template, the code included, and has no long line that could be broken',
    (_, { template, yaml }) => {
      expect(JSON.stringify(parseTemplate(yaml))).toBe(JSON.stringify(template));
      const long = yaml.split('\n').filter((line) => line.length > 120);
      const breakable = long.filter((line) => !/^ *\w+: (?:!Sub )?arn:\S+$/.test(line));
      expect(breakable).toEqual([]);
    },
  );

  it.each([
    ['TypeScript', inTypescript],
    ['Python', inPython],
  ])('has in %s for each function the source that the edition gives, its handler whole', (_, built) => {
    for (const [name, text] of sources(built)) {
      const own = built.edition.code.handlers.get(name);
      expect(own && sourceOf(built.edition.code, own)).toBe(text);
      expect(own?.text).toContain('lambda_handler');
      expect(text).toContain('DynamoDB');
    }
  });
});

describe('the functions', () => {
  it.each(sources(inTypescript))(
    '%s runs as CommonJS and takes no callback, which Node.js 24 functions must not',
    (_, text) => {
      // A connection that is rejected at once, in place of the one that INIT opens.
      vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', 'http://127.0.0.1:1');
      const exports: { lambda_handler?: (...args: unknown[]) => unknown } = {};
      compileFunction(text, ['exports', 'require', 'module'])(exports, createRequire(import.meta.url), { exports });
      expect(exports.lambda_handler).toBeTypeOf('function');
      expect(exports.lambda_handler?.length).toBeLessThan(3);
    },
  );

  it('declare every name that they use', () => {
    const folder = folders.write({
      'biome.json': '{ "root": true }',
      ...Object.fromEntries(sources(inTypescript).map(([name, text]) => [`${name}.js`, text])),
    });
    const biome = createRequire(import.meta.url).resolve('@biomejs/biome/bin/biome');
    const args = [
      biome,
      'lint',
      '--only=correctness/noUndeclaredVariables',
      '--error-on-warnings',
      '--config-path',
      folder,
      folder,
    ];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    expect(`${stdout}${stderr}`).toContain(`Checked ${operations.length + 1} files`);
    expect(status, stderr).toBe(0);
  });

  it.skipIf(whyNot)('run in Python, and define every name that they use', () => {
    const { stdout, stderr } = spawnSync(python, ['-c', program], {
      input: JSON.stringify(sources(inPython)),
      env: { ...environment(), AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:1', TABLE_NAME: 'items' },
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual(operations.map(({ name }) => [name, true, 2, []]));
  });
});

/** Runs each source, and lists the global names that its code loads and nothing defines. */
const program = `
import builtins, json, sys, types

def loaded(code):
    import dis
    names = {i.argval for i in dis.get_instructions(code) if i.opname in ("LOAD_GLOBAL", "LOAD_NAME")}
    return names.union(*[loaded(c) for c in code.co_consts if isinstance(c, types.CodeType)], set())

results = []
for name, source in json.load(sys.stdin):
    code = compile(source, f"{name}.py", "exec")
    scope = {"__name__": "index"}
    exec(code, scope)
    handler = scope.get("lambda_handler")
    missing = sorted(n for n in loaded(code) if n not in scope and not hasattr(builtins, n))
    results.append([name, callable(handler), handler.__code__.co_argcount, missing])
print(json.dumps(results))
`;
