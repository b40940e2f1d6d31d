import { cpSync } from 'node:fs';
import type { Client } from '../ground/client.ts';
import type { Part } from '../part.ts';
import { type Damage, damages } from '../twin/damage.ts';
import { inventory, type Served, verdict } from '../twin/inventory.ts';
import type { State } from '../twin/ledger.ts';
import { readItems, requestFor } from '../twin/load.ts';
import { needsLinux } from '../twin/needs.ts';
import { onPlaces } from '../twin/on-places.ts';
import { createPlace, type Place } from '../twin/place.ts';
import { kill } from '../twin/processes.ts';
import { createRow } from '../twin/row.ts';
import { leftBehind, stackTraces, stopTwin } from '../twin/traces.ts';
import { startTwin, TwinEnded, type TwinOptions } from '../twin/twin.ts';

export const corruption: Part = {
  name: 'corruption',
  title:
    'damage to the files of a data folder: a start serves all items, or says what is lost, or ends and says how to go on; slowest is the longest time of such a start',
  async run(context) {
    const missing = needsLinux('corruption', context);
    if (missing) return missing;
    const { grounds, python, short, match, signal, random, onProgress } = context;
    const edition = grounds[0]?.edition ?? 'typescript';
    const row = createRow('corruption', edition);
    const original = createPlace(signal);
    try {
      const data = original.newData();
      const items = await fill(original, { edition, python, data });
      const matching = damages.filter(({ name }) => name.includes(match));
      const chosen = short ? random.shuffled(matching).slice(0, 6) : matching;
      await onPlaces(chosen, signal, async (damage, place) => {
        const damaged = place.newData();
        cpSync(data, damaged, { recursive: true });
        const { reasons, ms } = await tryDamage(damage, items, place, { edition, python, data: damaged });
        row.tried(damage.name, reasons, ms);
        onProgress(`${damage.name}: ${row}`);
      });
    } finally {
      original.remove();
    }
    return [row.end('kinds of damage')];
  },
};

/** Writes 200 items in two sessions, so that LevelDB has some in a table and some in its log. */
const fill = async (place: Place, options: TwinOptions): Promise<ReadonlyMap<string, State>> => {
  for (const session of [1, 2]) {
    const twin = await startTwin(place, options).ready();
    await create(twin.client, `session-${session}`);
    const items = await readItems(twin.client);
    await stopTwin(twin, place, 'SIGTERM');
    if (session === 2) return items;
  }
  throw new Error('unreachable');
};

const create = async (client: Client, session: string): Promise<void> => {
  const one = async (name: string): Promise<void> => {
    for (let index = 0; index < 25; index++)
      await client.send(requestFor(`${name}-${index}`, { kind: 'create', content: `${name} ${index} `.repeat(30) }));
  };
  await Promise.all([0, 1, 2, 3].map((name) => one(`${session}-${name}`)));
};

interface Result {
  readonly reasons: readonly string[];
  readonly ms: number;
}

const tryDamage = async (
  damage: Damage,
  items: ReadonlyMap<string, State>,
  place: Place,
  options: TwinOptions,
): Promise<Result> => {
  try {
    damage.apply(options.data);
    const served = await serve(place, options);
    const reasons = [...verdict(items, served, options.data), ...served.faults];
    if (served.code === 0 || !served.output.includes('--repair')) return { reasons, ms: served.ms };
    const repaired = await serve(place, { ...options, more: ['--repair'] });
    const ofRepair = [...verdict(items, repaired, options.data), ...repaired.faults];
    if (repaired.items === undefined) ofRepair.push('it does not start');
    return { reasons: [...reasons, ...ofRepair.map((why) => `--repair: ${why}`)], ms: Math.max(served.ms, repaired.ms) };
  } catch (error) {
    for (const { pid } of place.processes()) kill(pid);
    return { reasons: [(error as Error).message], ms: 0 };
  }
};

/** Starts a twin, reads what it serves, and stops it. */
const serve = async (place: Place, options: TwinOptions): Promise<Served & { readonly faults: readonly string[] }> => {
  try {
    const twin = await startTwin(place, options).ready();
    const items = await inventory(twin.client);
    const { wrong, exit } = await stopTwin(twin, place, 'SIGTERM');
    return { items, output: exit.output, code: exit.code, ms: twin.ms, faults: wrong };
  } catch (error) {
    if (!(error instanceof TwinEnded)) throw error;
    const { code, output, ms } = error.exit;
    return { items: undefined, code, output, ms, faults: [...stackTraces(output), ...leftBehind(place)] };
  }
};
