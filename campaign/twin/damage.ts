import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A kind of damage to a data folder. */
export interface Damage {
  readonly name: string;
  /** Damages a data folder. Throws if the folder does not contain the file to damage. */
  apply(data: string): void;
}

type Change = (file: string) => void;

/** Inverts bytes of a file, from a fraction of its length on. */
const flipped =
  (at: number, count = 3): Change =>
  (file) => {
    const bytes = readFileSync(file);
    const from = Math.min(Math.floor(bytes.length * at), bytes.length - count);
    for (let index = from; index < from + count; index++) bytes[index] = (bytes[index] ?? 0) ^ 0xff;
    writeFileSync(file, bytes);
  };
const zeroed: Change = (file) => {
  const bytes = readFileSync(file);
  writeFileSync(file, bytes.fill(0, bytes.length >> 1));
};
const truncated =
  (left: number): Change =>
  (file) =>
    truncateSync(file, Math.floor(readFileSync(file).length * left));
const emptied: Change = (file) => truncateSync(file, 0);
const removed: Change = (file) => rmSync(file, { recursive: true });
const written =
  (text: string): Change =>
  (file) =>
    writeFileSync(file, text);
const aFolder: Change = (file) => {
  rmSync(file, { recursive: true, force: true });
  mkdirSync(file);
};
const aFile: Change = (folder) => {
  rmSync(folder, { recursive: true });
  writeFileSync(folder, 'no folder');
};
const forbidden: Change = (path) => chmodSync(path, 0o000);

/** Applies a change to the first of the database's files whose name matches. */
const file =
  (pattern: RegExp, change: Change): Damage['apply'] =>
  (data) => {
    const folder = join(data, 'dynamodb');
    const name = readdirSync(folder).find((one) => pattern.test(one));
    if (name === undefined) throw new Error(`no file ${pattern} in ${folder}`);
    change(join(folder, name));
  };

const path =
  (name: string, change: Change): Damage['apply'] =>
  (data) =>
    change(join(data, name));

const log = /^\d+\.log$/;
const table = /^\d+\.ldb$/;
const manifest = /^MANIFEST-/;

export const damages: readonly Damage[] = [
  { name: 'log flipped at its start', apply: file(log, flipped(0)) },
  { name: 'log flipped in the middle', apply: file(log, flipped(0.5)) },
  { name: 'log flipped at its end', apply: file(log, flipped(1)) },
  { name: 'log with zeros', apply: file(log, zeroed) },
  { name: 'log truncated', apply: file(log, truncated(0.5)) },
  { name: 'log emptied', apply: file(log, emptied) },
  { name: 'log removed', apply: file(log, removed) },
  { name: 'log is a folder', apply: file(log, aFolder) },
  { name: 'log without permissions', apply: file(log, forbidden) },
  { name: 'table flipped at its start', apply: file(table, flipped(0)) },
  { name: 'table flipped in the middle', apply: file(table, flipped(0.5)) },
  { name: 'table flipped at its end', apply: file(table, flipped(1)) },
  { name: 'table with zeros', apply: file(table, zeroed) },
  { name: 'table truncated', apply: file(table, truncated(0.5)) },
  { name: 'table emptied', apply: file(table, emptied) },
  { name: 'table removed', apply: file(table, removed) },
  { name: 'table is a folder', apply: file(table, aFolder) },
  { name: 'MANIFEST flipped', apply: file(manifest, flipped(0.5)) },
  { name: 'MANIFEST truncated', apply: file(manifest, truncated(0.5)) },
  { name: 'MANIFEST emptied', apply: file(manifest, emptied) },
  { name: 'MANIFEST removed', apply: file(manifest, removed) },
  { name: 'MANIFEST is a folder', apply: file(manifest, aFolder) },
  { name: 'CURRENT removed', apply: path('dynamodb/CURRENT', removed) },
  { name: 'CURRENT emptied', apply: path('dynamodb/CURRENT', emptied) },
  { name: 'CURRENT names another file', apply: path('dynamodb/CURRENT', written('MANIFEST-000099\n')) },
  { name: 'CURRENT with garbage', apply: path('dynamodb/CURRENT', written('\0\x01garbage')) },
  { name: 'CURRENT is a folder', apply: path('dynamodb/CURRENT', aFolder) },
  { name: 'LOCK is a folder', apply: path('dynamodb/LOCK', aFolder) },
  { name: 'LOG is a folder', apply: path('dynamodb/LOG', aFolder) },
  {
    name: 'all files emptied',
    apply(data) {
      for (const name of readdirSync(join(data, 'dynamodb'))) emptied(join(data, 'dynamodb', name));
    },
  },
  { name: 'dynamodb is a file', apply: path('dynamodb', aFile) },
  { name: 'dynamodb without permissions', apply: path('dynamodb', forbidden) },
  { name: 'data folder is a file', apply: path('', aFile) },
  { name: 'twin.json with garbage', apply: path('twin.json', written('{"endpoint": 7')) },
  { name: 'twin.json is a folder', apply: path('twin.json', aFolder) },
];
