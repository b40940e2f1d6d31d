import type { Client } from '../ground/client.ts';
import type { State } from './ledger.ts';
import { readItems } from './load.ts';
import { lastLines } from './twin.ts';

/** How a start on a damaged data folder went. */
export interface Served {
  /** The items that it served; an error if they cannot be read; undefined if it ended instead. */
  readonly items: ReadonlyMap<string, State> | Error | undefined;
  readonly output: string;
  readonly code: number | null;
  readonly ms: number;
}

/** Reads the items of a twin. That they cannot be read is a result, too. */
export const inventory = (client: Client): Promise<ReadonlyMap<string, State> | Error> =>
  readItems(client).catch((error: Error) => error);

/** What is wrong with a start on damaged data: silence about lost items, false items, or an end that says too little. */
export const verdict = (items: ReadonlyMap<string, State>, served: Served, data: string): string[] => {
  const { output } = served;
  if (served.items === undefined) {
    const reasons: string[] = [];
    if (served.code !== 1) reasons.push(`it ends with ${served.code}: ${lastLines(output)}`);
    if (!output.includes(data)) reasons.push(`it ends without the name of the folder: ${lastLines(output)}`);
    if (!remedy.test(output)) reasons.push(`it ends without a remedy: ${lastLines(output)}`);
    return reasons;
  }
  const says = loss.test(output);
  if (served.items instanceof Error)
    return says ? [] : [`${served.items.message}, and nothing says why: ${lastLines(output)}`];
  const found = served.items;
  const foreign = [...found].filter(([id, state]) => JSON.stringify(items.get(id)) !== JSON.stringify(state));
  const lost = [...items.keys()].filter((id) => !found.has(id)).length;
  return [
    ...foreign.map(([id, state]) => `it serves ${id} as ${JSON.stringify(state)}`),
    ...(lost > 0 && !says ? [`${lost} items are lost, and nothing says so`] : []),
  ];
};

const remedy = /--repair|--data|\bGive\b|\bFree disk space\b|\bRemove\b/;
const loss = /(is|was missing or) damaged:|is lost\./;
