import type { Duplex } from 'node:stream';
import { maxResponseBytes, type RuntimeConnection, type RuntimeListener, responseTooLarge } from './runtime-api.ts';

/**
 * Speaks with the twin's own runtimes over a descriptor that only they have, at a fraction of what an exchange over HTTP takes. To
 * the runtime goes 4 bytes of length of an object that describes the invocation, 4 of length of the event, then both; from it come
 * 1 byte of kind, 4 of length, and a payload. Lengths are big-endian. What comes out of turn was written by others, and is ignored.
 */
export const openRuntimeChannel = (stream: Duplex, listener: RuntimeListener): RuntimeConnection => {
  let state: 'Started' | 'Ready' | 'Running' | 'Responded' = 'Started';

  const take = (kind: number, payload: Buffer | undefined, length: number): void => {
    if (kind === kinds.next) {
      if (state === 'Ready') return;
      state = 'Ready';
      listener.onNext();
    } else if (kind === kinds.initError) {
      if (state === 'Started') listener.onInitError(String(payload ?? ''));
    } else if (state === 'Running') {
      state = 'Responded';
      if (payload === undefined) listener.onError(responseTooLarge(length));
      else if (kind === kinds.error) listener.onError(payload.toString());
      else listener.onResponse(payload.toString());
    }
  };

  readMessages(stream, take);
  // The end of the process tells more than a broken pipe.
  stream.on('error', () => {});
  return {
    dispatch({ payload, ...description }) {
      state = 'Running';
      const text = JSON.stringify(description);
      const [described, event] = [Buffer.byteLength(text), Buffer.byteLength(payload)];
      const message = Buffer.allocUnsafe(8 + described + event);
      message.writeUInt32BE(described, 0);
      message.writeUInt32BE(event, 4);
      message.write(text, 8);
      message.write(payload, 8 + described);
      stream.write(message);
    },
    close: () => void stream.destroy(),
  };
};

/** As in bootstrap/channel.mjs and bootstrap/python.py. */
const kinds = { next: 0, response: 1, error: 2, initError: 3 } as const;
const headerLength = 5;

/** Tells each message; of one that is longer than Lambda takes only the length. */
const readMessages = (
  stream: Duplex,
  onMessage: (kind: number, payload: Buffer | undefined, length: number) => void,
): void => {
  let chunks: Buffer[] = [];
  let size = 0;
  /** Bytes of a message that is too long, which are still to come. */
  let skipped = 0;
  stream.on('data', (chunk: Buffer) => {
    const left = chunk.subarray(Math.min(skipped, chunk.length));
    skipped -= chunk.length - left.length;
    chunks.push(left);
    size += left.length;
    while (size >= headerLength) {
      const pending = chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks, size);
      chunks = [pending];
      const length = pending.readUInt32BE(1);
      const end = headerLength + length;
      if (length > maxResponseBytes) {
        skipped = Math.max(end - size, 0);
        onMessage(pending.readUInt8(0), undefined, length);
      } else if (size < end) return;
      else onMessage(pending.readUInt8(0), pending.subarray(headerLength, end), length);
      chunks = size > end ? [pending.subarray(end)] : [];
      size = Math.max(size - end, 0);
    }
  });
};
