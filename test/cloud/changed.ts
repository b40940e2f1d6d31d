import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execute } from '../../scan/execute.ts';
import { checkout } from '../checkout.ts';

/** The title of the gateway's own rejection of a body, after the change. */
export const changedTitle = 'The body does not fit';

/** Changes that a developer makes: a price must be a number, and the title of the rejection is another. */
const changes = [
  ['src/stack/api.ts', "type: 'object',", "type: 'object', properties: { price: { type: 'number' } },"],
  ['src/contract/problems.ts', 'The body is not a JSON object', changedTitle],
] as const;

/** A template as `npm run synth` writes it when the model of a route was changed. */
export const changedTemplate = async (directory: string, file: string): Promise<string> => {
  const copy = checkout(join(directory, 'changed'));
  for (const [name, from, to] of changes) {
    const path = join(copy, name);
    const source = readFileSync(path, 'utf8');
    if (!source.includes(from)) throw new Error(`${name} has no “${from}” to change`);
    writeFileSync(path, source.replace(from, to));
  }
  await execute(process.execPath, [join(copy, 'scripts/synth-templates.ts')]);
  return readFileSync(join(copy, file), 'utf8');
};
