import type { IncomingMessage } from 'node:http';

/**
 * The whole body of a request; undefined if it is larger than `most` bytes. That is read to its end as well, or the browser would show a
 * lost connection instead of the response.
 */
export const readBody = async (message: IncomingMessage, most: number): Promise<Buffer | undefined> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message) {
    size += chunk.length;
    if (size > most) chunks.length = 0;
    else chunks.push(chunk);
  }
  return size > most ? undefined : Buffer.concat(chunks);
};
