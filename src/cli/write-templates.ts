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

/** A generated template. */
export interface WrittenTemplate {
  readonly file: EditionFile;
  readonly text: string;
  readonly resources: number;
  readonly capacity: Capacity;
  /** Warnings about a deployment over the previous template in the file. */
  readonly warnings: readonly string[];
  /** Creates the source maps of its functions, by their exact code. */
  sourceMaps(): Map<string, SourceMap>;
  /** Messages about files that differ from their sources, if they were only checked. */
  readonly failures: readonly string[];
}

export interface WriteOptions {
  /** True to write no files and report files that differ from their sources. */
  readonly check?: boolean;
  readonly directory?: string;
  /** The folder with the handlers in typescript/ and python/. */
  readonly functions?: string;
  /** The file of one edition. By default all. */
  readonly only?: string;
}

/**
 * Generates the functions' files about the contract, and then the templates. Throws a SynthError for a fault in the sources; the
 * templates then remain unchanged.
 */
export const writeTemplates = (options: WriteOptions = {}): WrittenTemplate[] => {
  const { check = false, directory = resolve(import.meta.dirname, '../..'), functions = functionsFolder, only } = options;
  checkEntities(entities);
  const constants = [
    ...put(functions, 'typescript/contract.ts', typescriptContract(), check),
    ...put(functions, 'python/contract.py', pythonContract(), check),
    // The handlers are written and tested for the first entity. Templates contain a separate text for each entity.
    ...entities
      .slice(0, 1)
      .flatMap((entity) => [
        ...put(functions, 'typescript/entity.ts', typescriptEntity(entity), check),
        ...put(functions, 'python/entity.py', pythonEntity(entity), check),
      ]),
  ];
  const source = readSource();
  // All templates are built before any file is written: a fault in one edition must not change the file of the other.
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
