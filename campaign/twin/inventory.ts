import type { Client } from '../ground/client.ts';
import type { State } from './ledger.ts';
import { readItems } from './load.ts';
import { lastLines } from './twin.ts';

/** The result of a start on a damaged data folder. */
export interface Served {
  /** The items that the twin served; an error if they cannot be read; undefined if the twin ended instead. */
  readonly items: ReadonlyMap<string, State> | Error | undefined;
  readonly output: string;
  readonly code: number | null;
  readonly ms: number;
}

/** Reads the items of a twin. If they cannot be read, returns the error, which is also a result. */
export const inventory = (client: Client): Promise<ReadonlyMap<string, State> | Error> =>
  readItems(client).catch((error: Error) => error);

/**
 * Returns the faults of a start on damaged data: lost items that are not reported, false items, or an end without a sufficient
 * message.
 */
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
