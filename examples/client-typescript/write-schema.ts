import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import openapiTS, { astToString } from 'openapi-typescript';

/*
 * Writes schema.ts, the types of the API, from its OpenAPI document: `node write-schema.ts [--check] [document]`. With --check
 * it writes nothing and fails if schema.ts is not what it would be.
 */

const { values, positionals } = parseArgs({
  options: { check: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const [document = `${import.meta.dirname}/../../openapi.yaml`] = positionals;
const file = `${import.meta.dirname}/schema.ts`;

const nodes = await openapiTS(readFileSync(document, 'utf8'), { silent: true });
const text = `// "npm run synth" writes this file from openapi.yaml with openapi-typescript: change src/openapi, not this file.\n\n${astToString(nodes)}`;

if (!values.check) writeFileSync(file, text);
else if (readFileSync(file, 'utf8') !== text) {
  console.error('examples/client-typescript/schema.ts has drifted from openapi.yaml: run "npm run synth"');
  process.exitCode = 1;
}
