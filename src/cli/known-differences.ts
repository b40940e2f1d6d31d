import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { between } from '../docs/generated.ts';
import { behaviour, notActedOn } from '../local/known-differences.ts';
import { resourceTypes } from '../local/resources/index.ts';

/* Writes the list of known differences into the README, between two comments that mark its place. */

const { check, readme } = parseArgs({
  options: {
    /** Write nothing, fail if the list is not what it would be. */
    check: { type: 'boolean', default: false },
    readme: { type: 'string', default: resolve(import.meta.dirname, '../../README.md') },
  },
}).values;

const begin = '<!-- Known differences: written by "npm run synth" from src/local/known-differences.ts -->';
const end = '<!-- End of the known differences -->';

const failure = run();
if (failure !== undefined) {
  console.error(failure);
  process.exitCode = 1;
}

/** What is wrong, if anything is. */
function run(): string | undefined {
  const text = readFileSync(readme, 'utf8');
  const updated = between(text, begin, end, list());
  if (updated === undefined) return `${readme} has no place for the list: put the lines ${begin} and ${end}`;
  if (check && updated !== text)
    return `${readme}: the known differences have drifted from their source: run "npm run synth"`;
  if (!check) writeFileSync(readme, updated);
  return undefined;
}

function list(): string {
  return [
    ...Object.entries(behaviour).map(([subject, lines]) => folded(subject, lines.map((line) => `- ${line}`).join('\n'))),
    folded('Properties that are accepted and checked, but not acted on', table()),
    folded('Resource types that are supported', types()),
  ].join('\n');
}

function folded(summary: string, content: string): string {
  return `<details>\n<summary>${summary}</summary>\n\n${content}\n\n</details>`;
}

function table(): string {
  const rows = Object.entries(notActedOn).flatMap(([type, entries]) => {
    const byReason = Map.groupBy(Object.entries(entries), ([, reason]) => reason);
    const of = type === '*' ? 'every type that has it' : type.replace('AWS::', '');
    return [...byReason].map(
      ([reason, properties]) => `| ${of} | ${properties.map(([path]) => `\`${path}\``).join(', ')} | ${reason} |`,
    );
  });
  return ['| type | property | why |', '|---|---|---|', ...rows].join('\n');
}

function types(): string {
  const byService = Map.groupBy(resourceTypes.keys(), (type) => type.split('::').slice(0, 2).join('::'));
  return [...byService].map(([service, names]) => `- \`${service}\`: ${names.map(last).sort().join(', ')}`).join('\n');
}

function last(type: string): string {
  return type.split('::').at(-1) ?? type;
}
