import { join } from 'node:path';
import { collectionOf, entities } from '../contract/entities.ts';
import { operations } from '../contract/operations.ts';
import type { Edition } from './code/edition.ts';
import { entityFile, pythonEntity, typescriptEntity } from './code/entity-file.ts';
import { inlinePython } from './code/inline-python.ts';
import { inlineTypescript } from './code/inline-typescript.ts';
import type { FunctionSource } from './code/load.ts';

/**
 * The functions of the API. Handlers are written for the first entity. For other entities, the names of operations and the path
 * are replaced.
 */
export const functionSources: readonly FunctionSource[] = operations.map(({ name, handler, entity }) => {
  const [first] = entities;
  const original = operations.find((one) => one.entity === first && one.handler === handler);
  if (first === undefined || original === undefined || original.name === name) return { name, handler, entity: entity.name };
  const adapt = (source: string): string =>
    source
      .replace(/^.*/, (heading) => heading.replaceAll(collectionOf(first), collectionOf(entity)))
      .replaceAll(new RegExp(`\\b((?:createHandler|operation)\\(['"])${original.name}(?=['"])`, 'g'), `$1${name}`);
  return { name, handler, entity: entity.name, adapt };
});

export type EditionFile = 'template.yaml' | 'template.python.yaml';

/** The folder with the functions of this checkout, which has a folder for each language. */
export const functionsFolder = join(import.meta.dirname, '../functions');

/** The templates of the product, by file name. Each takes the folder with the functions. */
export const editions: Readonly<Record<EditionFile, (folder?: string) => Edition>> = {
  'template.yaml': (folder = functionsFolder) => ({
    runtime: 'nodejs24.x',
    code: inlineTypescript(join(folder, 'typescript'), functionSources, sourcesOf(typescriptEntity)),
  }),
  'template.python.yaml': (folder = functionsFolder) => ({
    runtime: 'python3.14',
    code: inlinePython(join(folder, 'python'), functionSources, sourcesOf(pythonEntity)),
  }),
};

const sourcesOf = (write: typeof typescriptEntity) => ({
  file: entityFile,
  sources: new Map(entities.map((entity) => [entity.name, write(entity)])),
});
