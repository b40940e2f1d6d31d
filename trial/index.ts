import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { summaryOf, type TriedTemplate } from '../src/docs/public-templates.ts';
import { attempt } from './attempt.ts';
import { publicTemplates } from './templates.ts';

/*
 * Runs the public templates of `templates.ts` unchanged: `npm run trial -- FOLDER`. FOLDER has each repository at its commit in
 * `owner/name`, as created by `git clone https://github.com/owner/name FOLDER/owner/name` and `git checkout COMMIT`. `--write`
 * writes the results for docs/twin.md. `--only TEXT` runs the templates whose repository or path contains the text. The exit code
 * is 1 if a template has another outcome than expected.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { write: { type: 'boolean', default: false }, only: { type: 'string', default: '' } },
});
const [folder] = positionals;
if (folder === undefined || !existsSync(folder)) {
  console.error('name the folder that has the repositories: npm run trial -- FOLDER');
  process.exit(2);
}

const results: TriedTemplate[] = [];
let wrong = 0;
for (const template of publicTemplates.filter(({ repository, path }) => `${repository}/${path}`.includes(values.only))) {
  const result = await attempt(template, join(folder, template.repository));
  results.push(result);
  const expected = template.requests === undefined ? 'rejected' : template.foreign === undefined ? 'answered' : 'started';
  if (result.outcome !== expected) wrong++;
  const mark = result.outcome === expected ? ' ' : '!';
  console.log(`${mark} ${result.outcome.padEnd(18)} ${result.repository}/${result.path}  ${result.message ?? ''}`);
}
console.log(summaryOf(results));
if (values.write) {
  // One line for each result, so that differences are easy to read.
  const lines = results.map((result) => `  ${JSON.stringify(result)}`).join(',\n');
  await writeFile(join(import.meta.dirname, 'results.json'), `[\n${lines}\n]\n`);
  console.log('Written: trial/results.json; "npm run synth" writes it into docs/twin.md.');
}
process.exitCode = wrong === 0 ? 0 : 1;
