import { join } from 'node:path';
import { operations } from '../contract/operations.ts';
import type { Edition } from './edition.ts';
import { inlineTypescript } from './inline.ts';
import { inlinePython } from './inline-python.ts';

/** The templates of the product, by the file that each is kept in. */
export const editions: Readonly<Record<string, () => Edition>> = {
  'template.yaml': () => ({
    runtime: 'nodejs24.x',
    code: inlineTypescript(
      join(import.meta.dirname, '../functions/typescript'),
      operations.map(({ handler }) => handler),
    ),
  }),
  'template.python.yaml': () => ({
    runtime: 'python3.14',
    code: inlinePython(
      join(import.meta.dirname, '../functions/python'),
      operations.map(({ handler }) => handler),
    ),
  }),
};
