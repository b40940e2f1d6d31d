import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { resolve as resolveTemplate } from '../scan/resolve.ts';
import { type OperationName, operationNames } from './events.ts';

/** A function of a template, with its code in a file. */
export interface TemplateFunction {
  readonly folder: string;
  readonly memorySize: number;
  /** Variables that do not refer to other resources. */
  readonly variables: Readonly<Record<string, string>>;
}

/** Writes the inline code of a template's functions to `folder`, each to a file of this name in its own folder. */
export const writeFunctions = (template: string, file: string, folder: string): Record<OperationName, TemplateFunction> => {
  const { Resources: resources } = resolveTemplate(readFileSync(resolve(import.meta.dirname, '..', template), 'utf8'));
  const functions = operationNames.map((name): [OperationName, TemplateFunction] => {
    const resource = resources[`${name}Function`];
    if (resource === undefined) throw new Error(`${template} has no function for ${name}`);
    const { Code, MemorySize, Environment } = resource.Properties as unknown as Properties;
    const own = join(folder, name);
    mkdirSync(own, { recursive: true });
    writeFileSync(join(own, file), Code.ZipFile);
    const variables = Object.entries(Environment.Variables).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    );
    return [name, { folder: own, memorySize: MemorySize, variables: Object.fromEntries(variables) }];
  });
  return Object.fromEntries(functions) as Record<OperationName, TemplateFunction>;
};

interface Properties {
  readonly Code: { readonly ZipFile: string };
  readonly MemorySize: number;
  readonly Environment: { readonly Variables: Readonly<Record<string, unknown>> };
}
