import { setTimeout as wait } from 'node:timers/promises';
import { type Client, type Request, seconds, summary } from '../ground/client.ts';
import { type Context, type Part, type Row, timeLimit } from '../part.ts';
import type { Random } from '../random.ts';
import { createLedger } from '../twin/ledger.ts';
import { readItems, startLoad } from '../twin/load.ts';
import { needsLinux } from '../twin/needs.ts';
import { createPlace } from '../twin/place.ts';
import { createRow } from '../twin/row.ts';
import { stackTraces, stopTwin } from '../twin/traces.ts';
import { startTwin } from '../twin/twin.ts';
import { growth, usageOf, usageText } from '../twin/usage.ts';

export const soak: Part = {
  name: 'soak',
  title:
    'a minute of mixed requests of 12 clients to one twin: no 5xx, and no growth of processes, descriptors, sockets and memory; slowest is the slowest response',
  async run(context) {
    const missing = needsLinux('soak', context);
    return missing ?? [await runSoak(context)];
  },
};

const runSoak = async ({ grounds, python, short, signal, random, onProgress }: Context): Promise<Row> => {
  const edition = grounds[0]?.edition ?? 'typescript';
  const row = createRow('soak', edition);
  const place = createPlace(signal);
  try {
    const twin = await startTwin(place, { edition, python, data: place.newData() }).ready();
    const ledger = createLedger();
    const period = async (name: string, ms: number): Promise<void> => {
      const source = random.fork(name);
      const ended = new AbortController();
      const writers = startLoad(twin.client, { random: source, ledger, prefix: 'soak' });
      const others = Array.from({ length: 8 }, (_, index) =>
        sendOthers(twin.client, source.fork(`reader ${index}`), ended.signal, row.tried),
      );
      await wait(ms, undefined, { signal });
      ended.abort();
      await Promise.all([writers.stop(), ...others]);
      const slow = writers.slowest > timeLimit ? [`a response took ${seconds(writers.slowest)}`] : [];
      row.add(`${name}; writes`, [...writers.wrong, ...slow]);
    };
    await period('warm-up', short ? 2000 : 15_000);
    const before = usageOf(place);
    await period('soak', short ? 4000 : 45_000);
    const after = usageOf(place);
    onProgress(`${usageText(before)} after the warm-up; ${usageText(after)} at the end`);
    row.add('usage', growth(before, after));
    row.add('items', ledger.compare(await readItems(twin.client)));
    row.add('end', [...(await stopTwin(twin, place, 'SIGTERM')).wrong, ...stackTraces(twin.output())]);
  } finally {
    place.remove();
  }
  return row.end('reads and faulty requests');
};

/** Sends reads and invalid requests until the signal aborts. */
const sendOthers = async (
  client: Client,
  random: Random,
  signal: AbortSignal,
  tried: (subject: string, reasons: readonly string[], ms: number) => void,
): Promise<void> => {
  while (!signal.aborted) {
    const request = random.pick(others)(random);
    const response = await client.send(request);
    const { status, ms } = response;
    const isRight = status !== undefined && status < 500 && ms <= timeLimit;
    tried(`${request.method} ${request.path}`, isRight ? [] : [`after ${seconds(ms)}: ${summary(response)}`], ms);
  }
};

const others: readonly ((random: Random) => Request)[] = [
  (random) => ({ method: 'GET', path: `/items/soak-${random.below(4)}-${random.below(10)}` }),
  (random) => ({ method: 'GET', path: `/items?limit=${1 + random.below(100)}` }),
  () => ({ method: 'GET', path: '/items?limit=none' }),
  () => ({ method: 'GET', path: '/nowhere' }),
  () => ({ method: 'POST', path: '/items', headers: { 'Content-Type': 'application/json' }, body: '{"id": ' }),
  () => ({ method: 'PUT', path: '/items/soak', headers: { 'Content-Type': 'text/plain' }, body: 'text' }),
  () => ({ method: 'OPTIONS', path: '/items', headers: { Origin: 'https://app.example' } }),
];
