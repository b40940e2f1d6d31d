import { parseArgs } from 'node:util';
import { type EditionName, editionNames } from './ground/edition.ts';
import type { Part } from './part.ts';
import { parts } from './parts.ts';

/** The arguments of the command. */
export interface Arguments {
  readonly editions: readonly EditionName[];
  readonly parts: readonly Part[];
  readonly seed: number;
  readonly short: boolean;
  readonly match: string;
  readonly write: boolean;
}

export const help = `npm run campaign [-- OPTIONS]

Tests the functions of both editions with faults, races and random requests, and the local twin with kills, signals, a full disk
and damaged data. Prints a table of the results.

Parts:
${parts.map(({ name, title }) => `  ${name.padEnd(11)}${title}`).join('\n')}

Options:
  --short         run a sample, in less than two minutes
  --edition NAME  run one edition: ${editionNames.join(' or ')}
  --only PART     run one part; can be repeated
  --match TEXT    run the cases whose subject contains the text, such as "PUT; applied, no response; once"
  --seed NUMBER   repeat the run with this seed; without it the seed is random
  --write         write the table to docs/reliability.md
  --help          print this text

Exit codes: 0 nothing is wrong; 1 something is wrong, or the campaign failed; 2 invalid arguments; 130 interrupted.`;

/** Parses the arguments. Returns an error message if they are invalid, and undefined for --help. */
export const parseArguments = (args: readonly string[]): Arguments | string | undefined => {
  const options = {
    help: { type: 'boolean', default: false },
    short: { type: 'boolean', default: false },
    edition: { type: 'string' },
    only: { type: 'string', multiple: true },
    match: { type: 'string', default: '' },
    seed: { type: 'string' },
    write: { type: 'boolean', default: false },
  } as const;
  try {
    const { values } = parseArgs({ args: [...args], options });
    const { help: wantsHelp, short, edition, only = [], match, seed: text, write } = values;
    if (wantsHelp) return undefined;
    const editions = editionNames.filter((name) => edition === undefined || name === edition);
    if (editions.length === 0) return `--edition ${edition} is none of ${editionNames.join(', ')}`;
    const unknown = only.find((name) => !parts.some((part) => part.name === name));
    if (unknown !== undefined) return `--only ${unknown} is none of ${parts.map(({ name }) => name).join(', ')}`;
    const seed = Number(text ?? Math.floor(Math.random() * 2 ** 32));
    if (!Number.isInteger(seed) || seed < 0 || seed >= 2 ** 32) return `--seed ${text} is not a whole number below 2^32`;
    if (write && (short || match !== '' || only.length > 0 || edition !== undefined))
      return '--write needs a complete run, without --short, --edition, --only and --match';
    const chosen = parts.filter(({ name }) => only.length === 0 || only.includes(name));
    return { editions, parts: chosen, seed, short, match, write };
  } catch (error) {
    return (error as Error).message;
  }
};
