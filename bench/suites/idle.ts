import { setTimeout } from 'node:timers/promises';
import { createItems, eventFor } from '../cold-path.ts';
import { type Contender, names, nodeContenders, pythonContenders } from '../contenders.ts';
import { onGround } from '../ground.ts';
import { interleave, type Sample, type Samples } from '../interleave.ts';
import type { Suite } from '../measurement.ts';
import { measurementsOf, type Quantities } from '../quantities.ts';
import type { Relay } from '../relay.ts';
import { type Environment, startEnvironment } from '../runtime/environment.ts';

/** Measures the cost of the 3 s limit: a write does not use a connection that was idle for longer. */
export const idle: Suite = {
  name: 'idle',
  title: 'A write after a pause: a connection that was idle for more than 3 seconds is not used for it',
  run: ({ rounds, short, onProgress }) =>
    onGround(async ({ folder, variables, relay }) => {
      const contenders = [
        ['', oursOf((await nodeContenders(folder, variables)).all)],
        [' in Python', oursOf((await pythonContenders(folder, variables)).all)],
      ] as const;
      await createItems(contenders.map(([, contender]) => contender));
      const runs = contenders.flatMap(([edition, contender]) =>
        pauses.map(({ name, seconds, connections }) => ({
          key: `${name}${edition}`,
          environment: startEnvironment(contender.start('UpdateItem')),
          contender,
          seconds,
          connections,
        })),
      );
      try {
        for (const { key, environment, contender } of runs) {
          onProgress(`warming up: ${key}`);
          await environment.loadMs;
          await environment.load(eventFor(contender, 'UpdateItem'), short ? 20 : 400, 1);
        }
        onProgress('writing after pauses');
        const measures = runs.map(({ key, environment, contender, seconds, connections }) => {
          const write = writerAfter(seconds * 1000, connections, environment, eventFor(contender, 'UpdateItem'), relay);
          return [key, write] as const;
        });
        const samples = await interleave(Object.fromEntries(measures), rounds);
        const measurements = contenders.flatMap(([edition]) => {
          const own = pauses.map(({ name }): [string, Samples[string]] => [name, samples[`${name}${edition}`] ?? []]);
          return measurementsOf(quantities, Object.fromEntries(own), pauses[0].name, `UpdateItem${edition}: `);
        });
        return { measurements, notes };
      } finally {
        await Promise.all(runs.map(({ environment }) => environment.stop()));
      }
    }),
};

/** Seconds for which an environment is idle before each write, and the number of connections that the write then opens. */
const pauses = [
  { name: 'after 4 s', seconds: 4, connections: 1 },
  { name: 'after 1 s', seconds: 1, connections: 0 },
] as const;

const quantities: Quantities = {
  cpu: { quantity: 'CPU of a request', unit: 'ms' },
  latency: { quantity: 'latency', unit: 'ms' },
};

const notes = [
  'After 1 s no write opened a connection, after 4 s each opened one: the suite fails otherwise. The difference is the cost of the limit, for the first write after a pause only. Reads use a connection however long it was idle, as they can be repeated.',
  'The TLS handshake is with a server on the same machine. On AWS the round trips to DynamoDB, about 1 ms each, come on top.',
];

const oursOf = (contenders: readonly Contender[]): Contender => {
  const ours = contenders.find(({ name }) => name === names.ours);
  if (ours === undefined) throw new Error('no contender is ours');
  return ours;
};

/**
 * Returns a function that writes after an idle time in milliseconds, and checks the number of connections that the write opens.
 */
const writerAfter = (
  pause: number,
  connections: number,
  environment: Environment,
  event: object,
  relay: Relay,
): (() => Promise<Sample>) => {
  let lastUse = Number.NEGATIVE_INFINITY;
  const write = async (): Promise<Sample> => {
    const { cpuMs, latencies } = await environment.load(event, 1, 1);
    lastUse = performance.now();
    return { cpu: cpuMs, latency: latencies[0] ?? Number.NaN };
  };
  return async () => {
    // The environment was idle while others were measured.
    if (connections === 0 || lastUse < 0) await write();
    await setTimeout(Math.max(0, lastUse + pause - performance.now()));
    relay.count();
    const sample = await write();
    const opened = relay.count().connections;
    if (opened !== connections)
      throw new Error(`a write after ${pause} ms opened ${opened} connections, expected ${connections}`);
    return sample;
  };
};
