import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { entities } from '../../src/contract/entities.ts';
import { operations } from '../../src/contract/operations.ts';

const directory = mkdtempSync(join(tmpdir(), 'items-synth-test-'));
afterAll(() => rmSync(directory, { recursive: true }));

/** A run of synth that writes to `templates`. Node.js warns of its experimental feature, which npm run synth leaves out, too. */
const synth = (templates: string, ...args: string[]) =>
  spawnSync(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      resolve('scripts/synth-templates.ts'),
      '--directory',
      join(directory, templates),
      ...args,
    ],
    { encoding: 'utf8' },
  );

const files = ['template.yaml', 'template.python.yaml'];

describe('synth', () => {
  it('writes the templates and says how large they are, finds no drift then, and names the file that drifts', () => {
    const { stdout, stderr, status } = synth('drift');
    expect([stderr, status]).toEqual(['', 0]);
    const text = (file: string) => readFileSync(join(directory, 'drift', file), 'utf8');
    const lines = stdout.trim().split('\n');
    expect(lines.pop()).toMatch(new RegExp(`^entities: ${entities.length}; \\d+ fit into a template like this: `));
    expect(lines).toEqual(
      files.map((file) => {
        const resources = text(file).match(/^ {4}Type: AWS::/gm)?.length;
        return `${file}: ${resources} resources, ${text(file).split('\n').length - 1} lines, ${Buffer.byteLength(text(file))} bytes`;
      }),
    );
    for (const file of files) expect(text(file)).toContain(`--template-file ${file} \\\n`);
    expect(synth('drift', '--check')).toMatchObject({ status: 0, stdout: '', stderr: '' });
    for (const file of files) appendFileSync(join(directory, 'drift', file), '\n');
    const drifted = synth('drift', '--check');
    expect(drifted.stderr).toBe(files.map((file) => `${file} has drifted from its source: run "npm run synth"\n`).join(''));
    expect(drifted.status).toBe(1);
  });
});

describe('a fault in the functions', () => {
  const handlers = operations.map(({ handler }) => handler);
  const typescript = Object.fromEntries(
    handlers.map((name) => [`${name}.ts`, '// Responds.\nexport const lambda_handler = async () => 1;\n']),
  );
  const python = Object.fromEntries(
    handlers.map((name) => [
      `${name.replaceAll('-', '_')}.py`,
      '"""Responds."""\n\n\ndef lambda_handler(event, context):\n    return 1\n',
    ]),
  );

  /** What synth says of functions, these files changed: undefined leaves a file out. */
  const faultOf = (name: string, changes: Readonly<Record<string, string | undefined>>) => {
    for (const [language, sources] of Object.entries({ typescript, python })) {
      const folder = join(directory, name, language);
      // The descriptions of other entities than items import files of the functions.
      cpSync(resolve('src/functions', language), folder, { recursive: true });
      for (const [file, source] of Object.entries(sources)) writeFileSync(join(folder, file), source);
      for (const file of Object.keys(changes).filter((one) => one.endsWith(language === 'python' ? '.py' : '.ts'))) {
        if (changes[file] === undefined) rmSync(join(folder, file));
        else writeFileSync(join(folder, file), changes[file]);
      }
    }
    const templates = join(name, 'templates');
    mkdirSync(join(directory, templates));
    const { status, stdout, stderr } = synth(templates, '--functions', join(directory, name));
    expect([status, stdout, readdirSync(join(directory, templates))]).toEqual([1, '', []]);
    return stderr;
  };

  it.each([
    [
      'a handler that is not there',
      { 'get-item.ts': undefined },
      /^\S+\/typescript\/get-item\.ts: there is no such file, but src\/contract\/operations\.ts names it as a handler: [^\n]+\n$/,
    ],
    [
      'what is no TypeScript',
      { 'get-item.ts': '// Responds.\n\nexport const lambda_handler = async () => {\n  return );\n};\n' },
      /^\S+\/typescript\/get-item\.ts:4: [^\n]+; "npm run types" shows more\n$/,
    ],
    [
      'names that clash',
      {
        'get-item.ts':
          "// Responds.\nimport { b } from './b.ts';\nconst a = b;\nexport const lambda_handler = async () => a;\n",
        'b.ts': '// Has names.\nconst a = 1;\nexport const b = a;\n',
      },
      /^\S+\/typescript\/get-item\.ts:3: it declares a, which \S+\/typescript\/b\.ts:2 declares\. [^\n]+: rename one\n$/,
    ],
    [
      'an import in Python without its dot',
      {
        'get_item.py': '"""Responds."""\n\nfrom b import c\n\n\ndef lambda_handler(event, context):\n    return c\n',
        'b.py': '"""Has a name."""\n\nc = 1\n',
      },
      /^\S+\/python\/get_item\.py:3: b\.py is a file of this folder: write "from \.b import …"\n$/,
    ],
  ])('is a sentence with file and line, and changes no template: %s', (name, changes, message) => {
    expect(faultOf(name.replaceAll(' ', '-'), changes)).toMatch(message);
  });
});
