import type { Readable } from 'node:stream';

/*
 * Messages between processes of the twin. Each has a head, which is a JSON object, and a body: 4 bytes of the head's length, 4 of
 * the body's, then both. Lengths are big-endian. Over a local socket, a message takes a fraction of the time of HTTP.
 */

export const encodeMessage = (head: object, body: string | Buffer): Buffer => {
  const text = JSON.stringify(head);
  const headLength = Buffer.byteLength(text);
  const bodyLength = Buffer.byteLength(body);
  const message = Buffer.allocUnsafe(lengths + headLength + bodyLength);
  message.writeUInt32BE(headLength, 0);
  message.writeUInt32BE(bodyLength, 4);
  message.write(text, lengths);
  if (typeof body === 'string') message.write(body, lengths + headLength);
  else body.copy(message, lengths + headLength);
  return message;
};

/**
 * Called with a message: its head and its body. If the body is longer than the limit, `body` is undefined and only the length is
 * given.
 */
export type OnMessage<Head> = (head: Head, body: Buffer | undefined, bodyLength: number) => void;

/** Reads the messages of a stream. A body of more than `limit` bytes is discarded. An invalid head destroys the stream. */
export const readMessages = <Head>(stream: Readable, limit: number, onMessage: OnMessage<Head>): void => {
  let chunks: Buffer[] = [];
  let size = 0;
  /** Number of bytes to wait for. */
  let wanted = lengths;
  /** Remaining bytes of a body that is too long. */
  let skipped = 0;

  /** Returns the pending bytes in one buffer. */
  const gather = (): Buffer => {
    const [only] = chunks;
    const pending = chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks, size);
    chunks = [pending];
    return pending;
  };

  const drop = (pending: Buffer, length: number): void => {
    const left = pending.subarray(length);
    skipped = length - (pending.length - left.length);
    chunks = left.length > 0 ? [left] : [];
    size = left.length;
    wanted = lengths;
  };

  stream.on('data', (chunk: Buffer) => {
    const left = chunk.subarray(skipped);
    skipped -= chunk.length - left.length;
    chunks.push(left);
    size += left.length;
    while (size >= wanted) {
      const pending = gather();
      const headLength = pending.readUInt32BE(0);
      if (headLength > maxHeadLength) {
        stream.destroy();
        return;
      }
      const bodyAt = lengths + headLength;
      const bodyLength = pending.readUInt32BE(4);
      const isTooLong = bodyLength > limit;
      wanted = isTooLong ? bodyAt : bodyAt + bodyLength;
      if (size < wanted) return;
      const head = parse<Head>(pending.toString('utf8', lengths, bodyAt));
      if (head === undefined) {
        stream.destroy();
        return;
      }
      const body = isTooLong ? undefined : pending.subarray(bodyAt, wanted);
      drop(pending, bodyAt + bodyLength);
      onMessage(head, body, bodyLength);
    }
  });
};

const parse = <Head>(text: string): Head | undefined => {
  try {
    const head = JSON.parse(text);
    return typeof head === 'object' && head !== null ? head : undefined;
  } catch {
    return undefined;
  }
};

const lengths = 8;
const maxHeadLength = 64 * 1024;
