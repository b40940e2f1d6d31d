/* What our time is made of, in medians of milliseconds: `node bench/phases/index.ts`. */
import { execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { ask, connections, type Question, read } from '../client.ts';
import { item } from '../events.ts';
import { onGround } from '../ground.ts';
import { percentile } from '../percentile.ts';
import { fill, idOf, startTable } from '../table.ts';

const rounds = 30;

/** Milliseconds by step of the way to a first answer, in a process without any code of ours. */
const coldSteps = (): Promise<Record<string, number>> =>
  onGround(async ({ variables }) => {
    const runs: Record<string, number>[] = [];
    while (runs.length < rounds) {
      const startedAt = String(performance.timeOrigin + performance.now());
      const parameters = [join(import.meta.dirname, 'cold.cjs'), startedAt];
      const { promise, resolve, reject } = Promise.withResolvers<string>();
      execFile(process.execPath, parameters, { env: { ...variables } }, (error, stdout) =>
        error ? reject(error) : resolve(stdout),
      );
      runs.push(JSON.parse(await promise));
    }
    return medians(runs);
  });

/** Milliseconds by part of a warm GET of the twin. */
const twinParts = async (): Promise<Record<string, number>> => {
  const alone = await dynaliteAlone();
  const child = fork(join(import.meta.dirname, 'twin.ts'));
  try {
    const [url] = (await once(child, 'message')) as [string];
    const { id } = JSON.parse(await read(url, { method: 'POST', path: '/items', body: JSON.stringify(item), status: 201 }));
    const get: Question = { method: 'GET', path: `/items/${id}`, status: 200 };
    const agent = connections(1);
    const total: number[] = [];
    for (let n = 0; n < 1000; n++) total.push(await ask(url, get, agent));
    agent.destroy();
    child.send('durations');
    const [durations] = (await once(child, 'message')) as [number[]];
    const [whole, ran] = [total, durations].map((values) => percentile(values.slice(-500), 50)) as [number, number];
    return {
      'gateway, Runtime API, thawing and freezing': whole - ran,
      'the function, and the DynamoDB endpoint with signature and policies': ran - alone,
      'dynalite, asked directly': alone,
      all: whole,
    };
  } finally {
    child.disconnect();
    await once(child, 'exit');
  }
};

const dynaliteAlone = async (): Promise<number> => {
  const table = await startTable();
  try {
    await fill(table, 0, 1);
    const durations: number[] = [];
    const input = { TableName: table.name, Key: { id: { S: idOf(0) } }, ConsistentRead: true };
    for (let n = 0; n < 1000; n++) {
      const startedAt = performance.now();
      await table.upstream.call('GetItem', input);
      durations.push(performance.now() - startedAt);
    }
    return percentile(durations.slice(-500), 50);
  } finally {
    await table.stop();
  }
};

const medians = (runs: readonly Readonly<Record<string, number>>[]): Record<string, number> =>
  Object.fromEntries(
    Object.keys(runs[0] ?? {}).map((step) => [
      step,
      percentile(
        runs.map((run) => run[step] ?? Number.NaN),
        50,
      ),
    ]),
  );

for (const [title, measure] of [
  ['The way to a first answer, with nothing of ours in it', coldSteps],
  ['A warm GET of the twin', twinParts],
] as const) {
  console.log(`\n${title}`);
  for (const [part, ms] of Object.entries(await measure())) console.log(`| ${part} | ${ms.toFixed(2)} |`);
}
