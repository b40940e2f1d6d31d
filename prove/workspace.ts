import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { changedModel } from './changed-model.ts';

/** A folder that `items deploy` and `items destroy` run in, with an environment and templates. */
export interface Workspace {
  readonly directory: string;
  /** Name of the environment. */
  readonly environment: string;
  readonly stackName: string;
  /** File name of the template with the changed model. */
  readonly changed: string;
  remove(): void;
}

const root = join(import.meta.dirname, '..');
const environment = 'proof';
const changed = 'changed-model.yaml';

/** Creates the folder. The suffix makes the names of stack, table and API unique. */
export const createWorkspace = (suffix: string, region: string, adapt: (template: string) => string): Workspace => {
  const directory = mkdtempSync(join(tmpdir(), 'items-proof-'));
  const stackName = `items-proof-${suffix}`;
  const write = (file: string, text: string): void => writeFileSync(join(directory, file), text);
  const original = (file: string): string => readFileSync(join(root, file), 'utf8');
  mkdirSync(join(directory, 'environments'));
  const parameters = { EnvironmentSuffix: `proof-${suffix}` };
  write(join('environments', `${environment}.json`), `${JSON.stringify({ stackName, region, parameters }, undefined, 2)}\n`);
  for (const file of ['template.yaml', 'template.python.yaml']) write(file, adapt(original(file)));
  write(changed, adapt(changedModel(original('template.yaml'))));
  return {
    directory,
    environment,
    stackName,
    changed,
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
};
