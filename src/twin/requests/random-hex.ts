import { randomUUID } from 'node:crypto';

/**
 * Random hexadecimal digits in lower case, 30 at most. They come from UUIDs, of which Node.js draws many at once: to ask for random
 * bytes each time takes ten times as long. Two digits of a UUID are not random, and left out.
 */
export const randomHex = (digits: number): string => {
  const uuid = randomUUID();
  // xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx
  return (uuid.slice(0, 8) + uuid.slice(9, 13) + uuid.slice(15, 18) + uuid.slice(20, 23) + uuid.slice(24)).slice(0, digits);
};
