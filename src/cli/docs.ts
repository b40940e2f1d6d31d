import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { costPage } from '../docs/cost.ts';
import { parametersPage } from '../docs/parameters.ts';

/* Writes the pages in docs/ that are made from data. */

const { check, directory } = parseArgs({
  options: {
    /** Write nothing, fail if a page is not what it would be. */
    check: { type: 'boolean', default: false },
    directory: { type: 'string', default: resolve(import.meta.dirname, '../..') },
  },
}).values;

const pages: Readonly<Record<string, () => string>> = {
  'docs/cost.md': costPage,
  'docs/parameters.md': () => parametersPage(read('template.yaml'), read('template.extras.yaml')),
};

const failures = Object.entries(pages).flatMap(([file, page]) => {
  try {
    return put(file, page());
  } catch (error) {
    return [`${file}: ${error instanceof Error ? error.message : error}`];
  }
});
for (const failure of failures) console.error(failure);
process.exitCode = failures.length ? 1 : 0;

function read(file: string): string {
  return readFileSync(resolve(directory, file), 'utf8');
}

/** What is wrong, if anything is. */
function put(file: string, text: string): string[] {
  const path = resolve(directory, file);
  if (check) return text === contents(path) ? [] : [`${file} has drifted from its source: run "npm run synth"`];
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return [];
}

function contents(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
