import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { files, hardened, leftAtDefault } from '../../scan/variants.ts';
import { parseTemplate } from '../../src/cloudformation/template/template.ts';

it.each(files)('every parameter of %s is hardened, or left at its default for a reason', (file) => {
  const text = readFileSync(join(import.meta.dirname, '../..', file), 'utf8');
  const parameters = [...parseTemplate(text).parameters.keys()].sort();
  expect([...Object.keys(hardened), ...Object.keys(leftAtDefault)].sort()).toEqual(parameters);
});
