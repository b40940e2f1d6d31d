import { rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { noteFiles } from './closed-files.ts';
import { closeGaps } from './dynalite-gaps.ts';
import { database, type Store } from './dynalite-modules.ts';
import { type LevelDatabase, type Lost, prepareFolder, type Repaired } from './open-folder.ts';
import { keepProtoName } from './proto-name.ts';
import { serveMessages } from './serve-messages.ts';
import { serveTransactions } from './transactions/serve.ts';

/*
 * The process that dynalite runs in. It rethrows what it does not expect, and must not take the twin down with it.
 * Its arguments are the socket to listen on, in a folder of the user's own, since dynalite asks nobody who they are, and the folder
 * of the tables; without one they are in memory. It ends with the channel to its parent.
 */

/** Message to its parent once it accepts requests, or cannot start. */
export type DynaliteMessage =
  | {
      readonly kind: 'ready';
      /** Port that it listens on if it was given port 0 in place of a socket. */
      readonly port?: number;
      /** Data that LevelDB dropped at opening, or did not find. */
      readonly lost?: Lost;
      readonly repaired?: Repaired;
    }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string };

const require = createRequire(import.meta.url);
const [, , socket = '', folder, repair] = process.argv;
const tell = (message: DynaliteMessage): boolean | undefined => process.send?.(message);

let server: Server | undefined;
let closeSockets = (): void => {};

process.once('disconnect', () => {
  // The parent was told that the database cannot be opened, and may try again in the same folder.
  if (!server?.listening) process.exit();
  server.close((error) => {
    if (folder !== undefined && !error) noteFiles(folder);
    if (process.platform !== 'win32' && socket !== '0') rmSync(dirname(socket), { recursive: true, force: true });
    process.exit();
  });
  server.closeAllConnections();
  closeSockets();
});

try {
  const { lost, repaired } = await start();
  if (server && socket !== '0') closeSockets = serveMessages(server);
  server?.listen(socket === '0' ? { port: 0, host: '127.0.0.1' } : { path: socket }, () => {
    const at = server?.address();
    tell({
      kind: 'ready',
      ...(typeof at === 'object' && at && { port: at.port }),
      ...(lost && { lost }),
      ...(repaired && { repaired }),
    });
  });
} catch (error) {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const { code = '', message = String(error) } = cause as { code?: string; message?: string };
  tell({ kind: 'failed', code, message });
}

async function start(): Promise<{ readonly lost?: Lost | undefined; readonly repaired?: Repaired | undefined }> {
  // Before there is a server, since that opens the database by itself.
  const opening = folder === undefined ? undefined : await prepareFolder(folder, repair === 'repair');
  const database = folder === undefined ? undefined : captureDatabase();
  keepProtoName(JSON);
  closeGaps();
  const store = captureStore();
  const dynalite: (options: object) => Server = require('dynalite');
  server = dynalite({ path: folder, createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  serveTransactions(server, store());
  server.keepAliveTimeout = 0;
  server.once('error', (error: NodeJS.ErrnoException) => {
    if (!server?.listening) tell({ kind: 'failed', code: 'LISTEN', message: error.message });
  });
  const opened = database?.();
  return opened && opening ? opening(opened) : {};
}

/** The tables and items that dynalite's server works on. */
function captureStore(): () => Store {
  const db = database();
  const { create } = db;
  let captured: Store | undefined;
  db.create = (options) => {
    captured = create(options);
    return captured;
  };
  return () => {
    if (captured === undefined) throw new Error('dynalite has made no store');
    return captured;
  };
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

type Database = new (...parameters: unknown[]) => LevelDatabase;
