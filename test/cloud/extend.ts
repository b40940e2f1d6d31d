import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/* Adds an operation as a developer does: a row, a handler in both languages and its cases. Adds a validation to another handler. */

const extension = join(import.meta.dirname, 'extension');

/** The group of the new operation's cases, and the names of the files of its handler. */
export const group = 'PATCH /items/{id}';
export const handlers = ['src/functions/typescript/patch-item.ts', 'src/functions/python/patch_item.py'] as const;

const row = `  {
    name: \`Patch\${name}\`,
    description: \`Replaces some attributes of \${aOne}\`,
    method: 'PATCH',
    path: \`\${collection}/{id}\`,
    handler: 'patch-item',
    actions: ['dynamodb:UpdateItem'],
    hasModel: true,
    headers: ['If-Match', 'If-None-Match'],
    success: [{ status: 200, description: \`The \${one} as it is now.\`, body: name, headers: ['ETag'] }],
    problems: [
      'invalid-json',
      'invalid-item',
      'invalid-parameter',
      'item-not-found',
      'precondition-failed',
      'item-too-large',
      'unsupported-media-type',
    ],
  },
`;

/** Lines for existing files: after the first line that ends with a text, or before the first line that begins with one. */
const insertions = [
  { file: 'src/contract/operations.ts', before: '  ];\n};', lines: row },
  { file: 'src/conformance/index.ts', before: 'import { read }', lines: "import { patch } from './cases/patch.ts';\n" },
  { file: 'src/conformance/index.ts', before: "  'PUT /items/{id}': update", lines: `  '${group}': patch,\n` },
  {
    file: 'src/functions/typescript/create-item.ts',
    after: 'parseItem(body);',
    lines: `  if (attributes.discount !== undefined && !('N' in attributes.discount)) {
    throw new Problem('invalid-item', 'discount must be a number.');
  }
`,
  },
  {
    file: 'src/functions/python/create_item.py',
    after: 'parse_item(body)',
    lines: `    discount = attributes.get("discount")
    if discount and "N" not in discount:
        raise Problem("invalid-item", "discount must be a number.")
`,
  },
] as const;

/** Adds the operation and the validation to a checkout. */
export const extend = (directory: string): void => {
  if (existsSync(join(directory, handlers[0])))
    throw new Error(
      `the contract has ${group} already: give the operation of test/cloud/extension another name, in extend.ts`,
    );
  for (const { file, lines, ...place } of insertions) {
    const path = join(directory, file);
    const source = readFileSync(path, 'utf8');
    const mark = 'before' in place ? place.before : `${place.after}\n`;
    const found = source.indexOf(mark);
    if (found < 0) throw new Error(`${file} has no “${mark}”`);
    const at = 'before' in place ? found : found + mark.length;
    writeFileSync(path, source.slice(0, at) + lines + source.slice(at));
  }
  const [typescript, python] = handlers;
  copy('patch-item.ts', directory, typescript, (text) =>
    withRegions(text, '  CI: ', (code, name) => `  ${code}: ${name.includes("'") ? JSON.stringify(name) : `'${name}'`},\n`),
  );
  copy('patch_item.py', directory, python, (text) =>
    withRegions(text, '    "CI": ', (code, name) => `    "${code}": ${JSON.stringify(name)},\n`),
  );
  copy('patch.ts', directory, 'src/conformance/cases/patch.ts', (text) => text);
};

/** Copies a file of the extension to its place in a checkout. Its imports are relative to that place then. */
const copy = (name: string, directory: string, file: string, change: (text: string) => string): void => {
  const folder = file.split('/').slice(0, -1).join('/');
  const text = readFileSync(join(extension, name), 'utf8')
    .replaceAll(`'../../../${folder}/`, "'./")
    .replaceAll("'../../../src/conformance/", "'../");
  writeFileSync(join(directory, file), change(text));
};

/** Replaces the line of one region by a line for each: some 280, not all in ASCII. */
const withRegions = (text: string, begin: string, line: (code: string, name: string) => string): string => {
  const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  const lines = letters.flatMap((first) =>
    letters.flatMap((second) => {
      const name = names.of(first + second);
      return name === undefined ? [] : line(first + second, name);
    }),
  );
  return text.replace(new RegExp(`^${begin}.*\n`, 'm'), () => lines.join(''));
};
