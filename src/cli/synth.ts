import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { put } from '../docs/generated.ts';
import { pythonContract, typescriptContract } from '../stack/code/contract-file.ts';
import { SynthError } from '../stack/code/synth-error.ts';
import { type EditionFile, editions, functionsFolder } from '../stack/editions.ts';
import { renderTemplate } from '../stack/render.ts';
import { readSource } from '../stack/source.ts';
import { buildTemplate } from '../stack/template.ts';

/* Writes the templates. A fault in their sources is a sentence with file and line. */

const { check, directory, functions } = parseArgs({
  options: {
    /** Write nothing, fail if a file is not what it would be. */
    check: { type: 'boolean', default: false },
    directory: { type: 'string', default: resolve(import.meta.dirname, '../..') },
    /** The folder that has the handlers in typescript/ and in python/. */
    functions: { type: 'string', default: functionsFolder },
  },
}).values;

try {
  const constants = [
    ...put(functions, 'typescript/contract.ts', typescriptContract(), check),
    ...put(functions, 'python/contract.py', pythonContract(), check),
  ];
  const source = readSource();
  // A fault in one edition leaves the file of the other as it was, too.
  const templates = Object.entries(editions).map(([file, edition]) => ({
    file: file as EditionFile,
    template: buildTemplate(edition(functions), source),
  }));
  const failures = templates.flatMap(({ file, template }) => {
    const text = renderTemplate(template, heading(file));
    const resources = Object.keys(template.Resources).length;
    if (!check)
      console.log(`${file}: ${resources} resources, ${text.split('\n').length - 1} lines, ${Buffer.byteLength(text)} bytes`);
    return put(directory, file, text, check);
  });
  for (const failure of [...constants, ...failures]) console.error(failure);
  process.exitCode = constants.length + failures.length ? 1 : 0;
} catch (error) {
  if (!(error instanceof SynthError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

function heading(file: EditionFile): string {
  return `Items API. Deploy this file in the console ("Upload a template file"), or with the AWS CLI:

    aws s3 mb s3://BUCKET
    aws cloudformation deploy --stack-name items-dev --template-file ${file} \\
      --s3-bucket BUCKET --capabilities CAPABILITY_IAM

A second stack in the same account and region needs another EnvironmentSuffix.

"npm run synth" generates this file from src/stack, src/contract and src/functions. To own it instead, delete this header and edit the file: it is plain CloudFormation and depends on nothing else.`;
}
