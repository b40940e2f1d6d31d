import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { costPage } from '../src/docs/cost.ts';
import { deployPolicy, deployPolicyText } from '../src/docs/deploy-policy.ts';
import { between, put } from '../src/docs/generated.ts';
import { launchFile } from '../src/docs/launch.ts';
import { parametersPage } from '../src/docs/parameters.ts';
import type { TriedTemplate } from '../src/docs/public-templates.ts';
import { templateStatements } from '../src/docs/template-policy.ts';
import { twinPage } from '../src/docs/twin.ts';
import { openApiYaml } from '../src/openapi/yaml.ts';
import { readSource } from '../src/stack/source.ts';
import { yamlLines } from '../src/stack/yaml.ts';
import { behaviour, notActedOn } from '../src/twin/check/known-differences.ts';
import { resourceTypes } from '../src/twin/resources/index.ts';

/* Writes the generated pages in docs/, and the generated parts of other files. */

const { check, directory } = parseArgs({
  options: {
    /** Writes nothing, and fails if a page differs from what would be written. */
    check: { type: 'boolean', default: false },
    directory: { type: 'string', default: resolve(import.meta.dirname, '..') },
  },
}).values;

const tried = JSON.parse(readFileSync(resolve(import.meta.dirname, '../trial/results.json'), 'utf8')) as TriedTemplate[];

const pages: Readonly<Record<string, () => string>> = {
  '.vscode/launch.json': () => launchFile(read('.vscode/launch.json')),
  'deploy/github-roles.yaml': githubRoles,
  'docs/cost.md': costPage,
  'docs/operations.md': operationsPage,
  'docs/parameters.md': () => parametersPage(read('template.yaml')),
  'openapi.yaml': () => openApiYaml(readSource().version),
  'docs/twin.md': () => twinPage({ behaviour, notActedOn, types: resourceTypes.keys(), tried }),
};

const failures = Object.entries(pages).flatMap(([file, page]) => {
  try {
    return put(directory, file, page(), check);
  } catch (error) {
    return [`${file}: ${error instanceof Error ? error.message : error}`];
  }
});
for (const failure of failures) console.error(failure);
process.exitCode = failures.length ? 1 : 0;

/** Returns the page on operations, with the policy inserted. */
function operationsPage(): string {
  const begin = '<!-- Policy: written by "npm run synth" from src/docs/deploy-policy.ts -->';
  return withPolicy('docs/operations.md', begin, '<!-- End of the policy -->', `\`\`\`json\n${deployPolicyText()}\n\`\`\``);
}

/** Returns the template of the roles for GitHub, with the policy inserted. */
function githubRoles(): string {
  const begin = '        # Policy: written by "npm run synth" from src/docs/deploy-policy.ts.';
  const statements = yamlLines({ Statement: templateStatements(deployPolicy()) }, 8).join('\n');
  return withPolicy('deploy/github-roles.yaml', begin, '        # End of the policy.', statements);
}

function withPolicy(file: string, begin: string, end: string, policy: string): string {
  const text = between(read(file), begin, end, policy);
  if (text === undefined) throw new Error(`the file has no place for the policy: put the lines "${begin}" and "${end}"`);
  return text;
}

function read(file: string): string {
  return readFileSync(resolve(directory, file), 'utf8');
}
