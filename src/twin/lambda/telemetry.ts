import type { Readable } from 'node:stream';

/**
 * Reads the frames that runtimes write to `_LAMBDA_TELEMETRY_LOG_FD`, one per event: 4 bytes of type (beginning with 0xa55a), 4
 * of length, 8 of time, then the message, big-endian.
 */
export const readFrames = (stream: Readable, onMessage: (message: string) => void): void => {
  let pending: Buffer = Buffer.alloc(0);
  stream.on('data', (chunk: Buffer) => {
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
    while (pending.length >= headerLength) {
      const end = headerLength + pending.readUInt32BE(4);
      if (pending.length < end) return;
      onMessage(pending.toString('utf8', headerLength, end).replace(/\n$/, ''));
      pending = pending.subarray(end);
    }
  });
};

/** Reads standard output or error, one event per line. The last line can lack its line break. */
export const readLines = (stream: Readable, onMessage: (message: string) => void): void => {
  let pending = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    const lines = (pending + chunk).split('\n');
    pending = lines.pop() ?? '';
    for (const line of lines) onMessage(line);
  });
  stream.on('end', () => {
    if (pending !== '') onMessage(pending);
  });
};

const headerLength = 16;
