import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { entities } from '../contract/entities.ts';
import { put } from '../docs/generated.ts';
import { type Capacity, capacityOf } from '../stack/capacity.ts';
import { checkEntities } from '../stack/check-entities.ts';
import { pythonContract, typescriptContract } from '../stack/code/contract-file.ts';
import { pythonEntity, typescriptEntity } from '../stack/code/entity-file.ts';
import { type SourceMap, sourceMapsOf } from '../stack/code/source-map.ts';
import { type EditionFile, editions, functionsFolder } from '../stack/editions.ts';
import { indexWarnings } from '../stack/index-warnings.ts';
import { renderTemplate } from '../stack/render.ts';
import { readSource } from '../stack/source.ts';
import { buildTemplate } from '../stack/template.ts';

/** A template that was generated. */
export interface WrittenTemplate {
  readonly file: EditionFile;
  readonly text: string;
  readonly resources: number;
  readonly capacity: Capacity;
  /** Warnings for a deployment over the template that the file had before. */
  readonly warnings: readonly string[];
  /** Makes the source maps of its functions, by their exact code. */
  sourceMaps(): Map<string, SourceMap>;
  /** The files that have drifted, if they were only checked. */
  readonly failures: readonly string[];
}

export interface WriteOptions {
  /** Write nothing, and say which file is not what it would be. */
  readonly check?: boolean;
  readonly directory?: string;
  /** The folder that has the handlers in typescript/ and in python/. */
  readonly functions?: string;
  /** The file of one edition, all if absent. */
  readonly only?: string;
}

/**
 * Generates what functions know of the contract, then the templates. A fault of the sources is a SynthError, and leaves
 * the templates as they were.
 */
export const writeTemplates = (options: WriteOptions = {}): WrittenTemplate[] => {
  const { check = false, directory = resolve(import.meta.dirname, '../..'), functions = functionsFolder, only } = options;
  checkEntities(entities);
  const constants = [
    ...put(functions, 'typescript/contract.ts', typescriptContract(), check),
    ...put(functions, 'python/contract.py', pythonContract(), check),
    // Handlers are written and tested for the first entity; templates have a text of their own for each.
    ...entities
      .slice(0, 1)
      .flatMap((entity) => [
        ...put(functions, 'typescript/entity.ts', typescriptEntity(entity), check),
        ...put(functions, 'python/entity.py', pythonEntity(entity), check),
      ]),
  ];
  const source = readSource();
  // A fault in one edition leaves the file of the other as it was, too.
  const templates = Object.entries(editions)
    .filter(([file]) => only === undefined || file === only)
    .map(([file, edition]) => ({ file: file as EditionFile, edition: edition(functions) }))
    .map(({ file, edition }) => ({ file, template: buildTemplate(edition, source), code: edition.code }));
  return templates.map(({ file, template, code }, index) => {
    const text = renderTemplate(template, heading(file));
    const capacity = capacityOf(template);
    const warnings = indexWarnings(readIfThere(resolve(directory, file)), template);
    const failures = [...(index === 0 ? constants : []), ...put(directory, file, text, check)];
    const resources = Object.keys(template.Resources).length;
    return { file, text, resources, capacity, warnings, sourceMaps: () => sourceMapsOf(code), failures };
  });
};

const heading = (file: EditionFile): string =>
  `Items API. Deploy this file in the console ("Upload a template file"), or with the AWS CLI:

    aws s3 mb s3://BUCKET
    aws cloudformation deploy --stack-name items-dev --template-file ${file} \\
      --s3-bucket BUCKET --capabilities CAPABILITY_IAM

A second stack in the same account and region needs another EnvironmentSuffix.

"npm run synth" generates this file from src/stack, src/contract and src/functions. To own it instead, delete this header and edit the file: it is plain CloudFormation and depends on nothing else.`;

const readIfThere = (path: string): string | undefined => (existsSync(path) ? readFileSync(path, 'utf8') : undefined);
