import type { IncomingMessage } from 'node:http';

/**
 * Returns the whole body of a request, or undefined if it is larger than `most` bytes. A larger body is also read to its end:
 * otherwise the browser would report a lost connection instead of the response.
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
