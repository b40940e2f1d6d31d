import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { LocalError } from '../../cloudformation/errors.ts';
import { type Database, outputOf } from '../../tables/database.ts';
import { startDynalite } from '../../twin/dynamodb/dynalite-process.ts';
import { createUpstream } from '../../twin/dynamodb/upstream.ts';
import { readTwinFile } from './twin-file.ts';

export type { Database } from '../../tables/database.ts';

/** Opens the database of a folder for reading: through the twin that runs on the folder, or else in a new process. */
export const openDatabase = async (data: string, signal: AbortSignal): Promise<Database> =>
  (await throughTwin(data, signal)) ?? (await inOwnProcess(data));

/** Returns undefined if no twin runs on the folder. A twin that was killed leaves its file. */
const throughTwin = async (data: string, signal: AbortSignal): Promise<Database | undefined> => {
  const access = readTwinFile(data);
  if (access === undefined) return undefined;
  const { signedCall } = await import('../../tables/signed-call.ts');
  const call = signedCall(access, signal);
  const first = await call('ListTables', { Limit: 1 }).catch(() => undefined);
  signal.throwIfAborted();
  // Another program may use the port by now. It does not accept the key.
  if (first === undefined || !first.ok) return undefined;
  return { call: async (operation, input) => outputOf(operation, await call(operation, input)), close: async () => {} };
};

const inOwnProcess = async (data: string): Promise<Database> => {
  // Opening a folder would create it.
  if (!existsSync(join(data, 'dynamodb')))
    throw new LocalError('INVALID_PARAMETER', `there are no tables in ${data}: ${whereElse}`);
  const place = { region: 'us-east-1', accountId: '123456789012', data };
  const dynalite = startDynalite({ ...place, onFault: console.error });
  const upstream = createUpstream(dynalite.address, place.region);
  const close = async (): Promise<void> => {
    upstream.close();
    await dynalite.stop();
  };
  try {
    await dynalite.address();
  } catch (error) {
    await close();
    throw error;
  }
  return {
    call: async (operation, input) => outputOf(operation, await upstream.call(operation, input)),
    close,
  };
};

const whereElse =
  'items local keeps them there by default; name its folder with --data. With --memory or --dynamodb-endpoint it keeps none: --expose-dynamodb gives access to the tables of such a twin while it runs';
