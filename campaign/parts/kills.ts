import type { EditionName } from '../ground/edition.ts';
import type { Context, Part } from '../part.ts';
import type { Random } from '../random.ts';
import { createLedger, type Ledger } from '../twin/ledger.ts';
import { readItems, startLoad } from '../twin/load.ts';
import { needsLinux } from '../twin/needs.ts';
import { onPlaces } from '../twin/on-places.ts';
import type { Place } from '../twin/place.ts';
import { kill, type TwinProcess } from '../twin/processes.ts';
import { createRow, type OpenRow } from '../twin/row.ts';
import { leftBeside, stackTraces, stopTwin } from '../twin/traces.ts';
import { type ReadyTwin, startTwin, within } from '../twin/twin.ts';

export const kills: Part = {
  name: 'kills',
  title:
    'kill -9 of the twin, or of one of its processes, while 4 clients write: no acknowledged write is lost, and nothing is left; slowest is the longest time until it served again',
  async run(context) {
    const missing = needsLinux('kills', context);
    if (missing) return missing;
    const tasks = context.grounds.flatMap(({ edition }, index) =>
      targets.filter((target) => index === 0 || target.ofRuntime).map((target) => ({ edition, target })),
    );
    const rows = new Map(context.grounds.map(({ edition }) => [edition, createRow('kills', edition)]));
    await onPlaces(tasks, context.signal, async ({ edition, target }, place) => {
      await runTarget(target, { place, edition, python: context.python }, context, rows.get(edition));
    });
    return [...rows.values()].map((row) => row.end('kills'));
  },
};

/** The processes that are killed. */
interface Target {
  readonly name: string;
  /** True if killing them ends the twin, and another twin starts on the same data. Otherwise the twin must recover by itself. */
  readonly endsTwin: boolean;
  /** True if each round needs a new twin, because the twin waits longer each time before it restarts the process. */
  readonly isNotRepeated?: true;
  /** True if the target is a function, which differs between editions. */
  readonly ofRuntime?: true;
  choose(processes: readonly TwinProcess[], random: Random): readonly TwinProcess[];
}

const targets: readonly Target[] = [
  { name: 'all processes', endsTwin: true, choose: (processes, random) => random.shuffled(processes) },
  { name: 'main process', endsTwin: true, choose: (processes) => processes.filter(({ role }) => role === 'main') },
  {
    name: 'database',
    endsTwin: false,
    isNotRepeated: true,
    choose: (processes) => processes.filter(({ role }) => role === 'database'),
  },
  {
    name: 'function',
    endsTwin: false,
    ofRuntime: true,
    choose: (processes, random) => [random.pick(processes.filter(({ role }) => role === 'function'))],
  },
];

const runTarget = async (
  target: Target,
  ground: Ground,
  { random, short, match, signal, onProgress }: Context,
  row: OpenRow | undefined,
): Promise<void> => {
  const subjects = Array.from({ length: short ? 1 : 10 }, (_, index) => `${target.name}; round ${index + 1}`);
  const session = createSession(target, ground);
  for (const subject of subjects.filter((name) => name.includes(match))) {
    if (signal.aborted) return;
    const { reasons, recovery } = await session.round(random.fork(`${ground.edition} ${subject}`));
    row?.tried(subject, reasons, recovery);
  }
  row?.add(`${target.name}; stop`, await session.stop());
  onProgress(`${ground.edition}: ${target.name}: ${row}`);
};

interface Ground {
  readonly place: Place;
  readonly edition: EditionName;
  readonly python: string;
}

interface Result {
  readonly reasons: readonly string[];
  /** Milliseconds from the kill until the twin, or the next one, serves again. */
  readonly recovery: number;
}

/**
 * Creates a session: a twin on one data folder that is killed repeatedly. After a failed round, the next round starts with a new
 * twin.
 */
const createSession = (target: Target, { place, ...edition }: Ground) => {
  let current: { readonly twin: ReadyTwin; readonly ledger: Ledger; readonly data: string } | undefined;
  let rounds = 0;
  const begin = async () => {
    const data = place.newData();
    return { twin: await startTwin(place, { ...edition, data }).ready(), ledger: createLedger(), data };
  };
  const stop = async (): Promise<readonly string[]> => {
    const twin = current?.twin;
    current = undefined;
    return twin ? (await stopTwin(twin, place, target.endsTwin ? 'SIGTERM' : 'SIGINT')).wrong : [];
  };
  const run = async (random: Random): Promise<Result> => {
    current ??= await begin();
    const { twin: first, ledger, data } = current;
    const load = startLoad(first.client, {
      random,
      ledger,
      prefix: `round-${rounds++}`,
      losesRequests: target.endsTwin,
      // As on AWS, a caller receives 502 if the function ends.
      expected: target.ofRuntime ? [502] : [],
    });
    await within(load.acknowledged(5 + random.below(40)), 'the load', first.output);
    const killedAt = performance.now();
    for (const { pid } of target.choose(place.processes(), random)) kill(pid);
    if (target.endsTwin) {
      // The next twin starts immediately, while processes of the killed twin may still exist.
      const next = startTwin(place, { ...edition, data });
      const [twin] = await Promise.all([next.ready(), load.stop(), first.ended()]);
      current = { twin, ledger, data };
    } else {
      await within(load.acknowledged(10), 'serving again', first.output);
      await load.stop();
    }
    const recovery = performance.now() - killedAt;
    const { twin } = current;
    const reasons = [...load.wrong, ...leftBeside(twin, place), ...ledger.compare(await readItems(twin.client))];
    const more = target.isNotRepeated ? await stop() : [];
    return { reasons: [...reasons, ...stackTraces(first.output()), ...more], recovery };
  };
  return {
    round: (random: Random): Promise<Result> =>
      run(random).catch((error: Error) => {
        for (const { pid } of place.processes()) kill(pid);
        current = undefined;
        return { reasons: [error.message], recovery: 0 };
      }),
    stop,
  };
};
