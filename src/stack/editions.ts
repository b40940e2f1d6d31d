import { join } from 'node:path';
import { operations } from '../contract/operations.ts';
import type { Edition } from './code/edition.ts';
import { inlinePython } from './code/inline-python.ts';
import { inlineTypescript } from './code/inline-typescript.ts';

const handlers = operations.map(({ handler }) => handler);

export type EditionFile = 'template.yaml' | 'template.python.yaml';

/** The templates of the product, by the file that each is kept in. */
export const editions: Readonly<Record<EditionFile, () => Edition>> = {
  'template.yaml': () => ({
    runtime: 'nodejs24.x',
    code: inlineTypescript(join(import.meta.dirname, '../functions/typescript'), handlers),
  }),
  'template.python.yaml': () => ({
    runtime: 'python3.14',
    code: inlinePython(join(import.meta.dirname, '../functions/python'), handlers),
  }),
};
