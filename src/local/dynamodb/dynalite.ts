import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { closeGaps } from './dynalite-gaps.ts';
import { keepProtoName } from './proto-name.ts';

/*
 * The process that dynalite runs in. It rethrows what it does not expect, and must not take the twin down with it.
 * Its argument is the folder of the tables; without one they are in memory. It ends with the channel to its parent.
 */

/** What it tells its parent once it can be asked, or cannot be. */
export type DynaliteMessage =
  | { readonly kind: 'ready'; readonly port: number }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string };

const require = createRequire(import.meta.url);
const [, , folder] = process.argv;
const tell = (message: DynaliteMessage): boolean | undefined => process.send?.(message);

const database = folder === undefined ? undefined : captureDatabase();
keepProtoName(JSON);
closeGaps();
const dynalite: (options: object) => Server = require('dynalite');
const server = dynalite({ path: folder, createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
server.keepAliveTimeout = 0;

process.once('disconnect', () => {
  server.close(() => process.exit());
  server.closeAllConnections();
});

try {
  await database?.()?.open();
  server.listen(0, '127.0.0.1', () => tell({ kind: 'ready', port: (server.address() as AddressInfo).port }));
} catch (error) {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const { code = '', message = String(error) } = cause as { code?: string; message?: string };
  tell({ kind: 'failed', code, message });
}

/** Lets us see whether dynalite's database opens: it would only tell by failing requests. */
function captureDatabase(): () => InstanceType<Database> | undefined {
  const level: { Level: Database } = createRequire(require.resolve('dynalite'))('level');
  let captured: InstanceType<Database> | undefined;
  level.Level = class extends level.Level {
    constructor(...parameters: unknown[]) {
      super(...parameters);
      captured = this;
    }
  };
  return () => captured;
}

type Database = new (...parameters: unknown[]) => { open(): Promise<void> };
