import { createItems, eventFor } from '../cold-path.ts';
import { type Contender, names, nodeContenders, pythonContenders } from '../contenders.ts';
import type { OperationName } from '../events.ts';
import { onGround } from '../ground.ts';
import { interleave, type Sample, valuesOf } from '../interleave.ts';
import type { Measurement, Suite, SuiteOptions, Target } from '../measurement.ts';
import { percentile } from '../percentile.ts';
import { startEnvironment } from '../runtime/environment.ts';

/** What a request costs once an environment has served many. */
export const warm: Suite = {
  name: 'warm',
  title: 'Warm path: the handler itself, in an execution environment that has served many requests',
  run: (options) =>
    onGround(async ({ folder, variables }) => {
      const isWarm = ({ name }: Contender): boolean => name !== names.empty && name !== names.connected;
      const inNode = (await nodeContenders(folder, variables)).filter(isWarm);
      const inPython = (await pythonContenders(folder, variables)).filter(isWarm);
      const measurements: Measurement[] = [];
      for (const operation of options.short ? (['GetItem'] as const) : (['GetItem', 'CreateItem'] as const)) {
        measurements.push(...(await measure(operation, '', inNode, cpuTarget(names.sdk), [1, 16, 64], options)));
        measurements.push(...(await measure(operation, ' in Python', inPython, cpuTarget(names.boto3), [1], options)));
      }
      return { measurements, notes };
    }),
};

const notes = [
  'CPU per request is of the environment’s process, what it logs and garbage collection included. Latency has that of dynalite in it, which answers one request at a time: with many at once it is the most of it.',
  'A function in Python answers one request at a time.',
];

/** Milliseconds of CPU that ours may take for each of an SDK's. */
const cpuTarget = (against: string): readonly Target[] => [{ against, ratio: 0.4 }];

const measure = async (
  operation: OperationName,
  edition: string,
  contenders: readonly Contender[],
  targets: readonly Target[],
  parallels: readonly number[],
  { rounds, short, onProgress }: SuiteOptions,
): Promise<Measurement[]> => {
  await createItems(contenders);
  const [callsToWarmUp, calls] = short ? [100, 50] : [800, 160];
  const running = contenders.map((contender) => ({
    name: contender.name,
    event: eventFor(contender, operation),
    environment: startEnvironment(contender.start(operation)),
  }));
  try {
    onProgress(`${operation}${edition}, warming up`);
    for (const { environment, event } of running) {
      await environment.loadMs;
      await environment.load(event, callsToWarmUp, Math.max(...parallels));
    }
    const measurements: Measurement[] = [];
    for (const parallel of parallels) {
      onProgress(`${operation}${edition}, ${parallel} at a time`);
      const runs = running.map(({ name, environment, event }) => {
        const run = async (): Promise<Sample> => {
          const { cpuMs, latencies } = await environment.load(event, calls, parallel);
          return { cpu: cpuMs / calls, p50: percentile(latencies, 50), p99: percentile(latencies, 99) };
        };
        return [name, run] as const;
      });
      const samples = await interleave(Object.fromEntries(runs), rounds);
      const common = { unit: 'ms', better: 'less', ours: names.ours } as const;
      const quantity = (figure: string): string => `${operation}${edition}, ${parallel} at a time: ${figure}`;
      measurements.push(
        { ...common, quantity: quantity('CPU per request'), values: valuesOf(samples, 'cpu'), targets },
        { ...common, quantity: quantity('median latency'), values: valuesOf(samples, 'p50') },
        { ...common, quantity: quantity('99th percentile of latency'), values: valuesOf(samples, 'p99') },
      );
    }
    return measurements;
  } finally {
    await Promise.all(running.map(({ environment }) => environment.stop()));
  }
};
