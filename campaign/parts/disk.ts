import type { Part } from '../part.ts';
import type { Random } from '../random.ts';
import { createLedger, type Ledger } from '../twin/ledger.ts';
import { readItems, startLoad } from '../twin/load.ts';
import { needsLinux, notRun } from '../twin/needs.ts';
import { createPlace, type Place } from '../twin/place.ts';
import { kill } from '../twin/processes.ts';
import { createRow } from '../twin/row.ts';
import { mountDisk, type SmallDisk } from '../twin/small-disk.ts';
import { leftBehind, stackTraces, stopTwin } from '../twin/traces.ts';
import { lastLines, type ReadyTwin, startTwin, TwinEnded, type TwinOptions, within } from '../twin/twin.ts';

export const disk: Part = {
  name: 'disk',
  title:
    'a disk that is full or read-only: no acknowledged write is lost, and the twin serves again without a restart once there is room; slowest is the longest time until then',
  async run(context) {
    const missing = needsLinux('disk', context);
    if (missing) return missing;
    const { grounds, python, short, match, signal, random, onProgress } = context;
    const edition = grounds[0]?.edition ?? 'typescript';
    const row = createRow('disk', edition);
    const subjects = Array.from({ length: short ? 1 : 3 }, (_, round) =>
      cases.map((one) => ({ ...one, subject: `${one.name}; round ${round + 1}` })),
    ).flat();
    const matching = subjects.filter(({ subject }) => subject.includes(match));
    for (const { run, subject } of short ? random.shuffled(matching).slice(0, 2) : matching) {
      if (signal.aborted) break;
      const place = createPlace(signal);
      try {
        const mounted = await mountDisk(place, 8);
        if (typeof mounted === 'string') return [notRun('disk', context, mounted)];
        const options = { edition, python, data: `${mounted.path}/data`, through: mounted.through };
        const { reasons, ms } = await run({ place, disk: mounted, options, random: random.fork(subject) }).catch(failed);
        row.tried(subject, reasons, ms);
        onProgress(`${subject}: ${row}`);
        mounted.unmount();
      } finally {
        place.remove();
      }
    }
    return [row.end('cases')];
  },
};

interface Case {
  readonly place: Place;
  readonly disk: SmallDisk;
  readonly options: TwinOptions;
  readonly random: Random;
}

interface Result {
  readonly reasons: readonly string[];
  readonly ms: number;
}

const failed = (error: Error): Result => ({ reasons: [error.message], ms: 0 });

const fullWhileItRuns =
  (killsDatabase: boolean) =>
  async ({ place, disk, options, random }: Case): Promise<Result> => {
    const ledger = createLedger();
    const twin = await startTwin(place, options).ready();
    const loaded = { random, ledger, padding: 5000 };
    const load = startLoad(twin.client, { ...loaded, prefix: 'full' });
    await within(load.acknowledged(5 + random.below(20)), 'the load', twin.output);
    disk.fill();
    if (killsDatabase) for (const { pid, role } of place.processes()) if (role === 'database') kill(pid);
    await within(load.unavailable(3), 'a 503 on a full disk', twin.output);
    await load.stop();
    disk.free();
    const freedAt = performance.now();
    const again = startLoad(twin.client, { ...loaded, random: random.fork('again'), prefix: 'again' });
    await within(again.acknowledged(10), 'serving again', twin.output);
    const ms = performance.now() - freedAt;
    await again.stop();
    const reasons = [...load.wrong, ...again.wrong, ...ledger.compare(await readItems(twin.client))];
    return { reasons: [...reasons, ...(await stopAndReopen(twin, ledger, place, options))], ms };
  };

const stopAndReopen = async (
  twin: ReadyTwin,
  ledger: Ledger,
  place: Place,
  options: TwinOptions,
): Promise<readonly string[]> => {
  const { wrong } = await stopTwin(twin, place, 'SIGTERM');
  const next = await startTwin(place, options).ready();
  const reasons = ledger.compare(await readItems(next.client)).map((why) => `the next start: ${why}`);
  return [...wrong, ...reasons, ...(await stopTwin(next, place, 'SIGINT')).wrong];
};

/** Starts a twin that cannot write. It must report that, and must not advise the user to give up items that are undamaged. */
const startWithout =
  (spoil: (disk: SmallDisk) => void, restore: (disk: SmallDisk) => void, says: RegExp) =>
  async ({ place, disk, options, random }: Case): Promise<Result> => {
    const ledger = createLedger();
    const first = await startTwin(place, options).ready();
    const load = startLoad(first.client, { random, ledger, prefix: 'before' });
    await within(load.acknowledged(20), 'the load', first.output);
    await load.stop();
    const reasons = [...load.wrong, ...(await stopTwin(first, place, 'SIGTERM')).wrong];
    spoil(disk);
    reasons.push(...(await faultsOfStart(place, options, says)));
    restore(disk);
    const restoredAt = performance.now();
    const twin = await startTwin(place, options).ready();
    const ms = performance.now() - restoredAt;
    reasons.push(...ledger.compare(await readItems(twin.client)));
    return { reasons: [...reasons, ...(await stopTwin(twin, place, 'SIGTERM')).wrong], ms };
  };

const faultsOfStart = async (place: Place, options: TwinOptions, says: RegExp): Promise<readonly string[]> => {
  const end = await startTwin(place, options)
    .ready()
    .catch((error: unknown) => error);
  if (!(end instanceof TwinEnded))
    return [`it starts nevertheless, or not at all: ${end instanceof Error ? end.message : ''}`];
  const { code, output } = end.exit;
  return [
    ...(code === 1 ? [] : [`it ends with ${code}`]),
    ...(output.includes(options.data) && says.test(output) ? [] : [`it does not say why it ends: ${lastLines(output)}`]),
    ...(/\b(remove|delete)|--repair/i.test(output) ? [`it advises to give up items: ${lastLines(output)}`] : []),
    ...stackTraces(output),
    ...leftBehind(place),
  ];
};

const cases: readonly { readonly name: string; run(one: Case): Promise<Result> }[] = [
  { name: 'full while it runs', run: fullWhileItRuns(false) },
  { name: 'full as the database ends', run: fullWhileItRuns(true) },
  {
    name: 'full at the start',
    run: startWithout(
      (disk) => disk.fill(),
      (disk) => disk.free(),
      /its disk is full/,
    ),
  },
  {
    name: 'read-only at the start',
    run: startWithout(
      (disk) => disk.remount('ro'),
      (disk) => disk.remount('rw'),
      /read-only file system/,
    ),
  },
];
