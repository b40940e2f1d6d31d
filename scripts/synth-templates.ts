import { parseArgs } from 'node:util';
import { writeTemplates } from '../src/cli/write-templates.ts';
import { entities } from '../src/contract/entities.ts';
import { SynthError } from '../src/stack/code/synth-error.ts';

/* Writes the templates. A fault in their sources is reported in a sentence with file and line. */

const { values } = parseArgs({
  options: {
    check: { type: 'boolean', default: false },
    directory: { type: 'string' },
    functions: { type: 'string' },
  },
});
const { check, directory, functions } = values;

try {
  const templates = writeTemplates({
    check,
    ...(directory !== undefined && { directory }),
    ...(functions !== undefined && { functions }),
  });
  for (const { file, text, resources, failures } of templates) {
    if (!check)
      console.log(`${file}: ${resources} resources, ${text.split('\n').length - 1} lines, ${Buffer.byteLength(text)} bytes`);
    for (const failure of failures) console.error(failure);
  }
  const [{ capacity, warnings } = { capacity: undefined, warnings: [] }] = templates;
  if (!check && capacity) {
    console.log(`entities: ${entities.length}; ${capacity.entities} fit into a template like this: ${capacity.reason}`);
    for (const warning of warnings) console.error(`warning: ${warning}`);
  }
  process.exitCode = templates.some(({ failures }) => failures.length > 0) ? 1 : 0;
} catch (error) {
  if (!(error instanceof SynthError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
