import { createItems, eventFor } from '../cold-path.ts';
import { type Contender, type Contenders, names, nodeContenders, pythonContenders } from '../contenders.ts';
import type { OperationName } from '../events.ts';
import { onGround } from '../ground.ts';
import { interleave, type Sample, type Samples } from '../interleave.ts';
import type { Breakdown, Measurement, Suite, SuiteOptions } from '../measurement.ts';
import { percentile } from '../percentile.ts';
import { layersOf, measurementsOf, type Quantities, valuesOf } from '../quantities.ts';
import { startEnvironment } from '../runtime/environment.ts';

/** Measures the cost of a request in an environment that has served many requests. */
export const warm: Suite = {
  name: 'warm',
  title: 'Warm path: the handler itself, in an execution environment that has served many requests',
  run: (options) =>
    onGround(async ({ folder, variables }) => {
      const node = await nodeContenders(folder, variables);
      const python = await pythonContenders(folder, variables);
      await createItems([...new Set([...node.all, ...python.all])].filter(isWarm));
      const measurements: Measurement[] = [];
      for (const operation of options.short ? (['GetItem'] as const) : (['GetItem', 'CreateItem'] as const)) {
        measurements.push(
          ...(await measure(operation, '', node, quantities(names.sdk), [1, 16, 64], options)),
          ...(await measure(operation, ' in Python', python, quantities(names.boto3), [1], options)),
        );
      }
      return {
        measurements,
        breakdowns: [await parts('', node, options), await parts(' in Python', python, options)],
        notes,
      };
    }),
};

const isWarm = ({ name }: Contender): boolean => name !== names.empty && name !== names.connected;

const notes = [
  'CPU per request is of the environment’s process, what it logs and garbage collection included. Latency has that of dynalite in it, which answers one request at a time: with many at once it is the most of it.',
  'A function in Python answers one request at a time.',
];

const quantities = (sdk: string): Quantities => ({
  cpu: { quantity: 'CPU per request', unit: 'ms', targets: [{ against: sdk, ratio: 0.4 }] },
  p50: { quantity: 'median latency', unit: 'ms' },
  p99: { quantity: '99th percentile of latency', unit: 'ms' },
});

const measure = async (
  operation: OperationName,
  edition: string,
  { all }: Contenders,
  wanted: Quantities,
  parallels: readonly number[],
  options: SuiteOptions,
): Promise<Measurement[]> =>
  whileRunning(all.filter(isWarm), operation, parallels, options, (parallel, samples) =>
    measurementsOf(wanted, samples, names.ours, `${operation}${edition}, ${parallel} at a time: `),
  );

/** Measures the parts of the CPU time of a request. */
const parts = async (edition: string, { layers }: Contenders, options: SuiteOptions): Promise<Breakdown> => {
  const title = `GetItem${edition}, 1 at a time: CPU per request of ours`;
  const known = layers.map(({ name }) => [name, layerNames[name] ?? name] as const);
  const [breakdown] = await whileRunning(layers, 'GetItem', [1], options, (_parallel, samples) => [
    layersOf(title, 'ms', valuesOf(samples, 'cpu'), known),
  ]);
  return breakdown as Breakdown;
};

const layerNames: Readonly<Record<string, string>> = {
  [names.signedOnce]: 'a request over TLS and its answer, as the language’s own client has them',
  [names.raw]: 'the signature',
  [names.silent]: 'checks, exact numbers, the answer’s shape',
  [names.ours]: 'the rest of ours, the log included',
};

/** Starts contenders, warms them up, and calls `tell` with the samples for each number of parallel calls. */
const whileRunning = async <Told>(
  contenders: readonly Contender[],
  operation: OperationName,
  parallels: readonly number[],
  { rounds, short, onProgress }: SuiteOptions,
  tell: (parallel: number, samples: Samples) => Told[],
): Promise<Told[]> => {
  const [callsToWarmUp, calls] = short ? [100, 50] : [800, 128];
  const running = contenders.map((contender) => ({
    name: contender.name,
    event: eventFor(contender, operation),
    environment: startEnvironment(contender.start(operation)),
  }));
  try {
    onProgress(`${operation}, warming up ${contenders.map(({ name }) => name).join(', ')}`);
    for (const { environment, event } of running) {
      await environment.loadMs;
      await environment.load(event, callsToWarmUp, Math.max(...parallels));
    }
    const told: Told[] = [];
    for (const parallel of parallels) {
      onProgress(`${operation}, ${parallel} at a time`);
      const runs = running.map(({ name, environment, event }) => {
        const run = async (): Promise<Sample> => {
          const { cpuMs, latencies } = await environment.load(event, calls, parallel);
          return { cpu: cpuMs / calls, p50: percentile(latencies, 50), p99: percentile(latencies, 99) };
        };
        return [name, run] as const;
      });
      told.push(...tell(parallel, await interleave(Object.fromEntries(runs), rounds)));
    }
    return told;
  } finally {
    await Promise.all(running.map(({ environment }) => environment.stop()));
  }
};
