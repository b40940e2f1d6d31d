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
 * The process that runs dynalite. dynalite rethrows unexpected errors, which must not end the twin.
 * Arguments: the socket to listen on, in a folder of the user, because dynalite does not authenticate; and the folder of the
 * tables, which are in memory without one. The process ends when the channel to its parent closes.
 */

/** Message to the parent process: dynalite accepts requests, or cannot start. */
export type DynaliteMessage =
  | {
      readonly kind: 'ready';
      /** Port that dynalite listens on, if the argument was port 0 and not a socket. */
      readonly port?: number;
      /** Data that LevelDB dropped or did not find when it opened the database. */
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
  // The parent has received the message that the database cannot be opened, and may retry in the same folder.
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
  // Runs before the server is created, which opens the database.
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

/** Returns the store that dynalite's server works on. Call the result after the server is created. */
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

/** Returns the database of dynalite, so that the caller can open it. dynalite reports a failure only by failing requests. */
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
