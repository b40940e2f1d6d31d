import { execFile } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { ask, load, type Question } from '../client.ts';
import { item } from '../events.ts';
import { requirementsIn, versionsIn } from '../install.ts';
import { interleave, type Sample } from '../interleave.ts';
import type { Measurement, Suite, SuiteOptions, Target } from '../measurement.ts';
import { memoryOf } from '../process-tree.ts';
import { measurementsOf, type Quantities } from '../quantities.ts';
import { installMinistack, ministack } from '../servers/ministack.ts';
import type { Server } from '../servers/server.ts';
import { installServerlessOffline, serverlessOffline } from '../servers/serverless-offline.ts';
import { itemsLocal, npmStart } from '../servers/twin.ts';
import { startTable } from '../table.ts';
import { inFolder } from '../temporary.ts';
import { partsOfGet } from '../twin-parts.ts';

/** Measures what developers wait for: the API on their own machine. */
export const twin: Suite = {
  name: 'twin',
  title: 'The API on one’s own machine',
  run: async (options) => {
    await installMinistack();
    await installServerlessOffline();
    return inFolder(async (folder) => {
      const table = await startTable();
      try {
        const contenders: Contenders = {
          [ours]: () => npmStart(mkdtempSync(join(folder, 'items-'))),
          ministack,
          'serverless-offline': () => serverlessOffline(table, folder),
        };
        const all = { ...contenders, 'ours, without npm': () => itemsLocal('--data', mkdtempSync(join(folder, 'items-'))) };
        const measurements = [...(await measureStart(all, options)), ...(await measureWarm(contenders, options))];
        options.onProgress('parts');
        return { measurements, breakdowns: [await partsOfGet(folder, options)], notes: [...notes, await samLocal()] };
      } finally {
        await table.stop();
      }
    });
  },
};

const ours = 'ours';

type Contenders = Readonly<Record<string, () => Promise<Server>>>;

const notes = [
  'All run the functions of template.yaml. From the start to the first 201 there are: for ours `npm start` with an empty folder for its items; for ministack its start, the deployment of the stack by the API of CloudFormation, and the request; for serverless-offline its start, with a table that is there already. “without npm” is `items local`, which `npm start` runs.',
  `Of others there are ${requirementsIn('test/cloud/requirements.txt', ['ministack'])} and ${versionsIn('peers-offline')}. Ours keeps its items in a folder, as \`npm start\` does; both others keep them in memory.`,
  'serverless-offline calls handlers in a thread of its own and nothing else: no signature, no policy, no network, no validation of a body, no limit of memory, no process to freeze. So it answers sooner, and says nothing of what AWS would reject.',
  'Memory is of all processes after the first requests, shared pages by their share (Pss); the table of serverless-offline is in a process that does not count.',
  'The cold latency is of the first request to a function whose execution environment has not been started.',
];

const post: Question = { method: 'POST', path: '/items', body: JSON.stringify(item), status: 201 };
const get = (id: string): Question => ({ method: 'GET', path: `/items/${id}`, status: 200 });
const create = (url: string, id: string): Promise<number> => ask(url, { ...post, body: JSON.stringify({ ...item, id }) });

const startQuantities: Quantities = {
  firstMs: {
    quantity: 'start to the first 201',
    unit: 'ms',
    targets: [
      { against: 'one second', ratio: 1 },
      { against: 'ministack', ratio: 0.8 },
    ],
  },
  coldMs: { quantity: 'cold latency of a GET', unit: 'ms' },
  memoryMb: { quantity: 'memory, idle', unit: 'MB' },
};

const measureStart = async (contenders: Contenders, { rounds, onProgress }: SuiteOptions): Promise<Measurement[]> => {
  onProgress('starts');
  const samples = await interleave(
    mapValues(contenders, (start) => () => startOnce(start)),
    rounds,
  );
  const second = { ...samples, 'one second': Array<Sample>(rounds).fill({ firstMs: 1000 }) };
  return measurementsOf(startQuantities, second, ours);
};

const startOnce = async (start: () => Promise<Server>): Promise<Sample> => {
  const startedAt = performance.now();
  const { url, pid, stop } = await start();
  try {
    const id = crypto.randomUUID();
    await create(url, id);
    const firstMs = performance.now() - startedAt;
    const coldMs = await ask(url, get(id));
    const memoryMb = memoryOf(pid);
    return { firstMs, coldMs, ...(memoryMb !== undefined && { memoryMb }) };
  } finally {
    await stop();
  }
};

const latencyTargets: readonly Target[] = [
  { against: 'ministack', ratio: 0.1 },
  { against: 'serverless-offline', ratio: 1.1 },
];
const rateTargets: readonly Target[] = [
  { against: 'ministack', ratio: 10 },
  { against: 'serverless-offline', ratio: 0.9 },
];

const warmQuantities: Quantities = {
  getMs: { quantity: 'warm latency of a GET, median', unit: 'ms', targets: latencyTargets },
  postMs: { quantity: 'warm latency of a POST, median', unit: 'ms', targets: latencyTargets },
  rate1: { quantity: 'GETs a second on 1 connection', unit: 'requests/s', better: 'more', targets: rateTargets },
  rate32: { quantity: 'GETs a second on 32 connections', unit: 'requests/s', better: 'more', targets: rateTargets },
};

const measureWarm = async (contenders: Contenders, { rounds, short, onProgress }: SuiteOptions): Promise<Measurement[]> => {
  onProgress('warm requests');
  const servers: Server[] = [];
  try {
    const runs: Record<string, () => Promise<Sample>> = {};
    for (const [name, start] of Object.entries(contenders)) {
      const server = await start();
      servers.push(server);
      const { url } = server;
      const id = crypto.randomUUID();
      await create(url, id);
      runs[name] = async () => {
        const gets = await load(url, () => get(id), short ? 10 : 40, 1);
        const posts = await load(url, () => post, short ? 10 : 20, 1);
        const parallel = await load(url, () => get(id), short ? 64 : 192, 32);
        return {
          getMs: gets.medianMs,
          postMs: posts.medianMs,
          rate1: gets.requestsPerSecond,
          rate32: parallel.requestsPerSecond,
        };
      };
    }
    const samples = await interleave(runs, rounds);
    return measurementsOf(warmQuantities, samples, ours);
  } finally {
    for (const { stop } of servers) await stop();
  }
};

const mapValues = <From, To>(record: Readonly<Record<string, From>>, map: (value: From) => To): Record<string, To> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));

/** Returns the reason why sam local is not measured. */
const samLocal = async (): Promise<string> => {
  for (const [program, ...parameters] of [
    ['sam', '--version'],
    ['docker', 'info'],
  ] as const) {
    const fails = await new Promise((resolve) => execFile(program, parameters, (error) => resolve(error)));
    if (fails)
      return `sam local is not measured: it needs Docker and the SAM CLI, and “${program} ${parameters.join(' ')}” does not work here.`;
  }
  return 'sam local is not measured: this machine could run it, and the bench does not know how.';
};
