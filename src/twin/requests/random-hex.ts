import { randomUUID } from 'node:crypto';

/**
 * Returns random hexadecimal digits in lower case, 30 at most. They come from UUIDs, which Node.js generates in batches:
 * requesting random bytes each time would take ten times as long. Two digits of a UUID are not random and are skipped.
 */
export const randomHex = (digits: number): string => {
  const uuid = randomUUID();
  // xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx
  return (uuid.slice(0, 8) + uuid.slice(9, 13) + uuid.slice(15, 18) + uuid.slice(20, 23) + uuid.slice(24)).slice(0, digits);
};
