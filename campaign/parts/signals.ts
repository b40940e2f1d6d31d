import { constants } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import type { EditionName } from '../ground/edition.ts';
import type { Part } from '../part.ts';
import type { Random } from '../random.ts';
import { createLedger } from '../twin/ledger.ts';
import { readItems, startLoad } from '../twin/load.ts';
import { needsLinux } from '../twin/needs.ts';
import { onPlaces } from '../twin/on-places.ts';
import type { Place } from '../twin/place.ts';
import { kill } from '../twin/processes.ts';
import { createRow } from '../twin/row.ts';
import { leftBehind, leftBeside, stackTraces, stopTwin } from '../twin/traces.ts';
import { type Exit, lastLines, startTwin, type Twin } from '../twin/twin.ts';

export const signals: Part = {
  name: 'signals',
  title:
    'signals from the first milliseconds of a start to the middle of a stop: the twin ends in order, leaves nothing, and loses nothing; slowest is the longest time from the signal to the end',
  async run(context) {
    const missing = needsLinux('signals', context);
    if (missing) return missing;
    const { grounds, python, short, match, signal, random, onProgress } = context;
    const edition = grounds[0]?.edition ?? 'typescript';
    const row = createRow('signals', edition);
    const all = phases.flatMap((phase) =>
      // The part kills tests SIGKILL of a ready twin.
      names
        .filter((name) => name !== 'SIGKILL' || !phase.isReady)
        .map((name) => ({ phase, name, subject: `${name} ${phase.name}` })),
    );
    const chosen = all.filter(({ subject }) => subject.includes(match));
    await onPlaces(short ? random.shuffled(chosen).slice(0, 6) : chosen, signal, async ({ phase, name, subject }, place) => {
      const run = { place, name, edition, python, random: random.fork(subject) };
      const { reasons, ms } = await tryPhase(phase, run).catch((error: Error) => {
        for (const { pid } of place.processes()) kill(pid);
        return { reasons: [error.message], ms: 0 };
      });
      row.tried(subject, reasons, ms);
      onProgress(`${subject}: ${row}`);
    });
    return [row.end('signals')];
  },
};

const names = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGKILL'] as const;

interface Phase {
  readonly name: string;
  /** True if the twin may not yet have loaded its signal handlers. */
  readonly isEarly?: true;
  /** Resolves when the phase is reached. Only phases of a ready twin have a load. */
  reach(twin: Twin, place: Place, random: Random): Promise<unknown>;
  readonly isReady?: true;
  readonly withLoad?: true;
  /** True if the signal arrives while another signal ends the twin. */
  readonly isSecond?: true;
  /** True if the database does not respond any more, so that an orderly stop would take long. */
  readonly hangs?: true;
}

/** Waits for a random moment of the start. The phases that cannot be observed from outside occur between these moments. */
const within = (from: number, to: number) => (_twin: Twin, _place: Place, random: Random) =>
  wait(from + random.below(to - from));

const untilThereIs = (role: string) => async (_twin: Twin, place: Place) => {
  while (!place.processes().some((one) => one.role === role)) await wait(2);
};

const phases: readonly Phase[] = [
  { name: 'right after the start', isEarly: true, reach: within(0, 30) },
  { name: 'as its modules are loaded', isEarly: true, reach: within(30, 250) },
  { name: 'as the database starts', reach: untilThereIs('database') },
  {
    name: 'as the stack is created',
    async reach(twin, place, random) {
      await untilThereIs('database')(twin, place);
      await wait(random.below(500));
    },
  },
  { name: 'as the start ends', reach: (twin) => twin.prints(/^ready in/m) },
  { name: 'when it is ready', isReady: true, reach: async () => {} },
  {
    name: 'as functions start',
    isReady: true,
    withLoad: true,
    reach: (twin, place) => untilThereIs('function')(twin, place),
  },
  { name: 'during requests', isReady: true, withLoad: true, reach: async () => {} },
  { name: 'during the stop', isReady: true, withLoad: true, isSecond: true, reach: async () => {} },
  {
    name: 'during a stop that hangs',
    isReady: true,
    withLoad: true,
    isSecond: true,
    hangs: true,
    // A signal that arrives sooner is treated as the Ctrl-C that npm passes on.
    reach: () => wait(1050),
  },
];

interface Run {
  readonly place: Place;
  readonly name: (typeof names)[number];
  readonly edition: EditionName;
  readonly python: string;
  readonly random: Random;
}

const tryPhase = async (phase: Phase, run: Run): Promise<{ readonly reasons: readonly string[]; readonly ms: number }> => {
  const { place, name, random, edition, python } = run;
  const options = { edition, python, data: place.newData() };
  const ledger = createLedger();
  const twin = startTwin(place, options);
  const ready = phase.isReady && (await twin.ready());
  const load =
    ready && phase.withLoad
      ? startLoad(ready.client, { random, ledger, prefix: 'signalled', losesRequests: true })
      : undefined;
  if (phase.name !== 'as functions start') await load?.acknowledged(1 + random.below(20));
  if (phase.hangs) for (const { pid, role } of place.processes()) if (role === 'database') kill(pid, 'SIGSTOP');
  if (phase.isSecond) twin.child.kill(random.pick(['SIGINT', 'SIGTERM']));
  // A start or a stop that ends before the phase is reached is also a result.
  await Promise.race([phase.reach(twin, place, random), twin.ended().catch(() => {})]);
  const sentAt = performance.now();
  twin.child.kill(name);
  const [exit] = await Promise.all([twin.ended(), load?.stop()]);
  const ms = performance.now() - sentAt;
  const reasons = [...(load?.wrong ?? []), ...stackTraces(exit.output), ...wrongEnd(exit, name, phase)];
  if (name !== 'SIGKILL' && !phase.hangs) reasons.push(...(await gone(place)));
  const next = await startTwin(place, options).ready();
  reasons.push(...leftBeside(next, place), ...ledger.compare(await readItems(next.client)));
  return { reasons: [...reasons, ...(await stopTwin(next, place, 'SIGTERM')).wrong], ms };
};

/**
 * Returns the fault of an exit. The exit code of an orderly stop is 0, also if a second signal arrives within a second: npm
 * passes on a Ctrl-C that the terminal has already sent.
 */
const wrongEnd = ({ code, signal, output }: Exit, name: Run['name'], { isEarly, hangs }: Phase): string[] => {
  const isRight = hangs
    ? code === 128 + constants.signals[name]
    : code === 0 || (signal === name && (isEarly || name === 'SIGKILL'));
  return isRight ? [] : [`it ends with ${signal ?? code}: ${lastLines(output)}`];
};

/** Waits for the helpers of a twin that exits immediately. They end its remaining processes, which may take a moment. */
const gone = async (place: Place): Promise<readonly string[]> => {
  const deadline = performance.now() + 2000;
  while (leftBehind(place).length > 0 && performance.now() < deadline) await wait(20);
  return leftBehind(place);
};
