import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { files, leftAtDefault, templates, type Variants } from '../../scan/variants.ts';
import { parseTemplate } from '../stack/parse.ts';

const parametersOf = (file: string): string[] => {
  const text = readFileSync(join(import.meta.dirname, '../..', file), 'utf8');
  return Object.keys(parseTemplate(text).Parameters ?? {});
};

it.each(files)('every parameter of %s is hardened, or left at its default for a reason', (file) => {
  const { hardened = {} }: Variants = templates[file];
  const parameters = parametersOf(file);
  expect(parameters.filter((name) => name in hardened === name in leftAtDefault)).toEqual([]);
  expect(Object.keys(hardened).filter((name) => !parameters.includes(name))).toEqual([]);
});

it('no reason is for a parameter that is gone', () => {
  const parameters = new Set(files.flatMap(parametersOf));
  expect(Object.keys(leftAtDefault).filter((name) => !parameters.has(name))).toEqual([]);
});
