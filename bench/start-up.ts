/* Milliseconds from starting the twin on template.yaml to its first answered request: `node bench/start-up.ts [RUNS]`. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:http';
import { availableParallelism, cpus } from 'node:os';
import { createInterface } from 'node:readline';

const runs = Number(process.argv[2] ?? 15);
const parameters = ['local', '--memory', '--port', '0', '--parameter', 'AuthorizationType=NONE'];

const post = (url: URL): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    request(url, { method: 'POST', headers: { 'Content-Type': 'application/json' } }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode));
    })
      .on('error', reject)
      .end('{"name":"First item"}');
  });

const measure = async (): Promise<number> => {
  const startedAt = performance.now();
  const twin = spawn(process.execPath, ['src/cli/items.ts', ...parameters], { stdio: ['ignore', 'pipe', 'inherit'] });
  let status: number | undefined;
  for await (const line of createInterface(twin.stdout)) {
    const url = /^ApiInvokeUrl +(\S+)/.exec(line)?.[1];
    if (url === undefined) continue;
    status = await post(new URL(`${url}/items`));
    break;
  }
  const duration = performance.now() - startedAt;
  twin.kill('SIGINT');
  await once(twin, 'exit');
  if (status !== 201) throw new Error(`the first request was answered with ${status}`);
  return duration;
};

// The first run fills the compile cache.
await measure();
const durations: number[] = [];
while (durations.length < runs) durations.push(await measure());
durations.sort((a, b) => a - b);
const [least = 0, median = 0, most = 0] = [0, Math.floor(runs / 2), runs - 1].map((index) =>
  Math.round(durations[index] ?? 0),
);
console.log(`first 201 after ${median} ms (median of ${runs}; ${least} to ${most})`);
console.log(`Node.js ${process.version}, ${availableParallelism()} x ${cpus()[0]?.model}`);
