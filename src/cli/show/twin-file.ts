import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DynamoDbAccess } from '../../twin/index.ts';

/*
 * A twin holds the lock of its data folder. So that others can read the tables meanwhile, it leaves a file there that says how. Only
 * its owner can read the file, and the key in it can only read tables.
 */

const fileIn = (data: string): string => join(data, 'twin.json');

/** Writes the file. Returns what removes it. If it cannot be written, the twin runs without it. */
export const writeTwinFile = (data: string, access: DynamoDbAccess): (() => void) => {
  const file = fileIn(data);
  // A file that a killed twin has left keeps its mode when it is written again.
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
      // It is not the file that was written, or on a disk that has become read-only. The end of the twin must not fail of that.
    }
  };
};

/**
 * Reads the file. Returns undefined if it does not exist or is incomplete. The twin may have ended even if the file exists: it
 * may have been killed.
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
