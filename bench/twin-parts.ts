import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { ask, connections, type Question, read } from './client.ts';
import { item } from './events.ts';
import { interleave } from './interleave.ts';
import type { Breakdown, SuiteOptions } from './measurement.ts';
import { percentile } from './percentile.ts';
import { layersOf, valuesOf } from './quantities.ts';
import { fill, idOf, startTable } from './table.ts';

/** Measures the parts of the time of a warm GET of the twin. `folder` is for its data. */
export const partsOfGet = async (folder: string, { rounds, short }: SuiteOptions): Promise<Breakdown> => {
  const count = short ? 10 : 100;
  const table = await startTable({ data: mkdtempSync(join(folder, 'table-')) });
  const twin = await startTwin(mkdtempSync(join(folder, 'items-')));
  const agent = connections(1);
  try {
    await fill(table, 0, 1);
    const input = { TableName: table.name, Key: { id: { S: idOf(0) } }, ConsistentRead: true };
    const { id } = JSON.parse(
      await read(twin.url, { method: 'POST', path: '/items', body: JSON.stringify(item), status: 201 }),
    );
    const get: Question = { method: 'GET', path: `/items/${id}`, status: 200 };
    const samples = await interleave(
      {
        dynalite: async () => ({ ms: await median(count, () => table.upstream.call('GetItem', input)) }),
        twin: async () => {
          await twin.durations();
          const whole = await median(count, () => ask(twin.url, get, agent));
          return { ms: whole, ran: percentile(await twin.durations(), 50) };
        },
      },
      rounds,
    );
    const { dynalite = [], twin: whole = [] } = valuesOf(samples, 'ms');
    const { twin: functions = [] } = valuesOf(samples, 'ran');
    return layersOf('A warm GET of the twin', 'ms', { dynalite, functions, whole }, [
      ['dynalite', 'dynalite, asked directly'],
      ['functions', 'the function, and the DynamoDB endpoint with signature, policies and network'],
      ['whole', 'gateway, and what hands the invocation to the function'],
    ]);
  } finally {
    agent.destroy();
    await twin.stop();
    await table.stop();
  }
};

const median = async (count: number, work: () => Promise<unknown>): Promise<number> => {
  const durations: number[] = [];
  while (durations.length < count) {
    const startedAt = performance.now();
    await work();
    durations.push(performance.now() - startedAt);
  }
  return percentile(durations, 50);
};

/** Starts the twin in a process that reports the durations of functions. */
const startTwin = async (data: string) => {
  const child = fork(join(import.meta.dirname, 'servers/twin-process.ts'), [data]);
  const ended = once(child, 'exit');
  const told = async <Message>(): Promise<Message> => {
    const [message] = await Promise.race([once(child, 'message'), ended.then(() => [undefined])]);
    if (message === undefined) throw new Error('the twin has ended; it says above why');
    return message;
  };
  const url = await told<string>();
  return {
    url,
    /** Returns the milliseconds of each invocation since the last call. */
    durations(): Promise<number[]> {
      child.send('durations');
      return told();
    },
    async stop(): Promise<void> {
      if (child.connected) child.disconnect();
      await ended;
    },
  };
};
