import { join } from 'node:path';
import { operations } from '../contract/operations.ts';
import type { Edition } from './code/edition.ts';
import { inlinePython } from './code/inline-python.ts';
import { inlineTypescript } from './code/inline-typescript.ts';

const handlers = operations.map(({ handler }) => handler);

export type EditionFile = 'template.yaml' | 'template.python.yaml';

/** The functions of this checkout, a folder for each language. */
export const functionsFolder = join(import.meta.dirname, '../functions');

/** The templates of the product, by the file that each is kept in. They take the folder with the functions. */
export const editions: Readonly<Record<EditionFile, (folder?: string) => Edition>> = {
  'template.yaml': (folder = functionsFolder) => ({
    runtime: 'nodejs24.x',
    code: inlineTypescript(join(folder, 'typescript'), handlers),
  }),
  'template.python.yaml': (folder = functionsFolder) => ({
    runtime: 'python3.14',
    code: inlinePython(join(folder, 'python'), handlers),
  }),
};
