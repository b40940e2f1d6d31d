// @ts-check
/*
 * An execution environment of Node.js, the same for all contenders, with as little code as possible. It loads the handler that
 * `_HANDLER` in `LAMBDA_TASK_ROOT` names, reports that, and responds to requests on descriptor 3, each a line of JSON (see
 * environment.ts). Built-in modules come from process.getBuiltinModule, because importing them by name loads more of them.
 */
import { patchConsole } from '../../src/twin/lambda/bootstrap/console.mjs';

const fs = process.getBuiltinModule('node:fs');
const channel = 3;

/** @typedef {(event: object, context: object) => Promise<{ statusCode: number }>} Handler */
/** @typedef {{ event: object, calls?: number, parallel?: number }} Question */

const env = process.env;
const requestId = '6f2d0c0e-3f43-4a3c-9b1e-2a7a4f1f3c55';
const context = {
  awsRequestId: requestId,
  functionName: env.AWS_LAMBDA_FUNCTION_NAME,
  functionVersion: '$LATEST',
  invokedFunctionArn: `arn:aws:lambda:${env.AWS_REGION}:123456789012:function:${env.AWS_LAMBDA_FUNCTION_NAME}`,
  memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
  getRemainingTimeInMillis: () => 30_000,
};

patchConsole(() => requestId);
const startedAt = performance.now();
const handler = await load();
tell({ loadMs: performance.now() - startedAt });
listen();

/** @returns {Promise<Handler>} */
async function load() {
  const [file, name = ''] = String(env._HANDLER).split('#');
  const path = `${env.LAMBDA_TASK_ROOT}/${file}`;
  const module = await import(path);
  return module[name] ?? module.default[name];
}

/** @param {object} message */
function tell(message) {
  fs.writeSync(channel, `${JSON.stringify(message)}\n`);
}

/** Reads and responds to one message after the other, and ends the process when the other side closes the channel. */
function listen(text = '') {
  const buffer = Buffer.allocUnsafe(65536);
  fs.read(channel, buffer, 0, buffer.length, null, async (error, size) => {
    if (error !== null || size === 0) process.exit();
    const read = text + buffer.toString('utf8', 0, size);
    if (!read.endsWith('\n')) return listen(read);
    tell(await answer(JSON.parse(read)));
    listen();
  });
}

/** @param {Question} question */
async function answer({ event, calls, parallel = 1 }) {
  if (calls !== undefined) return repeat(event, calls, parallel);
  const before = cpu();
  const askedAt = performance.now();
  const result = await handler(event, context);
  const responseMs = performance.now() - askedAt;
  const cpuMs = cpu();
  return { result, responseMs, responseCpuMs: cpuMs - before, cpuMs, peakMemoryMb: peakMemory() };
}

/**
 * Calls the handler `calls` times, with `parallel` calls at a time.
 * @param {object} event
 * @param {number} calls
 * @param {number} parallel
 */
async function repeat(event, calls, parallel) {
  /** @type {number[]} */
  const latencies = [];
  const before = cpu();
  let left = calls;
  const one = async () => {
    while (left-- > 0) {
      const askedAt = performance.now();
      const { statusCode } = await handler(event, context);
      latencies.push(performance.now() - askedAt);
      // A rejected request takes less time, and must not count.
      if (statusCode >= 300) throw new Error(`${env._HANDLER} answered with ${statusCode}`);
    }
  };
  await Promise.all(Array.from({ length: parallel }, one));
  return { latencies, cpuMs: cpu() - before };
}

/** Returns the CPU time of the process in milliseconds. */
function cpu() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Returns the peak memory of this program in MB. getrusage reports at least the memory of the process that started it. */
function peakMemory() {
  try {
    return Number(/VmHWM:\s*(\d+)/.exec(fs.readFileSync('/proc/self/status', 'latin1'))?.[1]) / 1024;
  } catch {
    return process.resourceUsage().maxRSS / 1024;
  }
}
