import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DynamoDbAccess } from '../../twin/index.ts';

/*
 * A twin holds the lock of its data folder. Other programs can read the tables through it: it writes a file with an endpoint and
 * an access key to the folder. Only its owner can read the file, and the key permits only reading tables.
 */

const fileIn = (data: string): string => join(data, 'twin.json');

/** Writes the file. Returns a function that deletes it. If the file cannot be written, the twin runs without it. */
export const writeTwinFile = (data: string, access: DynamoDbAccess): (() => void) => {
  const file = fileIn(data);
  // Deleted first: a file of a killed twin would keep its mode when it is overwritten.
  try {
    rmSync(file, { force: true });
    writeFileSync(file, `${JSON.stringify(access)}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    console.error(`"items show" cannot read the tables while this runs: ${(error as Error).message}`);
  }
  return () => {
    try {
      rmSync(file, { force: true });
    } catch {
      // The file may have been replaced, or the disk may have become read-only. The twin must be able to end nevertheless.
    }
  };
};

/**
 * Reads the file. Returns undefined if it does not exist or is incomplete. The file may also be that of a twin that was killed.
 */
export const readTwinFile = (data: string): DynamoDbAccess | undefined => {
  try {
    const access = JSON.parse(readFileSync(fileIn(data), 'utf8')) as Partial<DynamoDbAccess>;
    const { endpoint, accessKeyId, secretAccessKey, region } = access;
    if (!endpoint || !accessKeyId || !secretAccessKey || !region) return undefined;
    return URL.canParse(endpoint) ? { endpoint, accessKeyId, secretAccessKey, region } : undefined;
  } catch {
    return undefined;
  }
};
