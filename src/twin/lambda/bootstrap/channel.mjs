// @ts-check
/*
 * The file descriptor over which the runtime receives invocations from the twin and sends their results. The other end is
 * lambda/runtime-channel.ts; processes/messages.ts defines the message format.
 * A runtime without an invocation blocks in the read system call. Meanwhile Node.js handles no timer of the function and no
 * response to it, as in an environment that Lambda has frozen. Under a debugger, the runtime waits asynchronously, because the
 * event loop serves the debugger.
 */
const { read, readSync, writeSync } = process.getBuiltinModule('node:fs');

/** @typedef {{ requestId: string, functionArn: string, traceId: string, deadline: number }} Description */

const descriptor = 4;
/** Most messages fit. They are decoded before the next message is read. */
const buffer = Buffer.allocUnsafe(64 * 1024);
const isInspected = process.execArgv.some((argument) => argument.startsWith('--inspect'));

/**
 * Streams that the function has opened. Node.js buffers output while a pipe is full, and would write it only during the next
 * invocation.
 * @type {Set<NodeJS.WriteStream>}
 */
const outputs = new Set();
for (const name of /** @type {const} */ (['stdout', 'stderr'])) {
  const open = Object.getOwnPropertyDescriptor(process, name)?.get;
  const get = () => {
    const stream = open?.call(process);
    outputs.add(stream);
    return stream;
  };
  Object.defineProperty(process, name, { configurable: true, enumerable: true, get });
}

/**
 * Sends the result of an invocation or INIT to the twin. If the twin has ended, the environment ends, too.
 * @param {'next' | 'response' | 'error' | 'initError'} kind
 * @param {string} payload
 */
export function send(kind, payload) {
  const head = `{"kind":"${kind}"}`;
  const length = Buffer.byteLength(payload);
  const message = Buffer.allocUnsafe(8 + head.length + length);
  message.writeUInt32BE(head.length, 0);
  message.writeUInt32BE(length, 4);
  message.write(head + payload, 8);
  try {
    for (let at = 0; at < message.length; ) at += writeSync(descriptor, message, at);
  } catch {
    process.exit(1);
  }
}

/**
 * Waits for the next invocation.
 * @returns {Promise<{ description: Description, event: string }>}
 */
export async function next() {
  // Pending work of the function gets one turn of the event loop before and one after, as on Lambda, where the runtime waits for
  // HTTP.
  await turn();
  for (const output of outputs) if (output.writableLength > 0) await new Promise((resolve) => output.write('', resolve));
  send('next', '');
  let [message, size] = await readMore(buffer, 0);
  while (size < 8) [message, size] = await readMore(message, size);
  const start = 8 + message.readUInt32BE(0);
  const end = start + message.readUInt32BE(4);
  if (end > message.length) message = Buffer.concat([message.subarray(0, size)], end);
  while (size < end) [message, size] = await readMore(message, size);
  await turn();
  return { description: JSON.parse(message.toString('utf8', 8, start)), event: message.toString('utf8', start, end) };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

/**
 * @param {Buffer<ArrayBuffer>} target
 * @param {number} size
 * @returns {Promise<[Buffer<ArrayBuffer>, number]>}
 */
async function readMore(target, size) {
  const count = await (isInspected ? readLater(target, size) : readNow(target, size));
  if (count === 0) process.exit(1);
  return [target, size + count];
}

/**
 * @param {Buffer} target
 * @param {number} size
 */
function readNow(target, size) {
  try {
    return readSync(descriptor, target, size, target.length - size, null);
  } catch {
    return 0;
  }
}

/**
 * @param {Buffer} target
 * @param {number} size
 * @returns {Promise<number>}
 */
function readLater(target, size) {
  return new Promise((resolve) => {
    read(descriptor, target, size, target.length - size, null, (error, count) => resolve(error ? 0 : count));
  });
}
