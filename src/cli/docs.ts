import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { costPage } from '../docs/cost.ts';
import { deployPolicyText } from '../docs/deploy-policy.ts';
import { between, put } from '../docs/generated.ts';
import { parametersPage } from '../docs/parameters.ts';
import { twinPage } from '../docs/twin.ts';
import { behaviour, notActedOn } from '../local/known-differences.ts';
import { resourceTypes } from '../local/resources/index.ts';

/* Writes the pages in docs/ that are generated, and the generated parts of others. */

const { check, directory } = parseArgs({
  options: {
    /** Write nothing, fail if a page is not what it would be. */
    check: { type: 'boolean', default: false },
    directory: { type: 'string', default: resolve(import.meta.dirname, '../..') },
  },
}).values;

const pages: Readonly<Record<string, () => string>> = {
  'docs/cost.md': costPage,
  'docs/operations.md': operationsPage,
  'docs/parameters.md': () => parametersPage(read('template.yaml')),
  'docs/twin.md': () => twinPage({ behaviour, notActedOn, types: resourceTypes.keys() }),
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

/** The page on operations with the policy in its place. */
function operationsPage(): string {
  const begin = '<!-- Policy: written by "npm run synth" from src/docs/deploy-policy.ts -->';
  const end = '<!-- End of the policy -->';
  const page = between(read('docs/operations.md'), begin, end, `\`\`\`json\n${deployPolicyText()}\n\`\`\``);
  if (page === undefined) throw new Error(`the page has no place for the policy: put the lines ${begin} and ${end}`);
  return page;
}

function read(file: string): string {
  return readFileSync(resolve(directory, file), 'utf8');
}
