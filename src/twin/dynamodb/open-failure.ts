import { LocalError } from '../../cloudformation/errors.ts';
import type { DynaliteMessage } from './dynalite.ts';
import type { Lost, Repaired } from './open-folder.ts';

/** Returns the error for a data folder whose database cannot be opened, with reason and remedy. `code` is one of LevelDB's. */
export const openFailure = (data: string, { code, message }: DynaliteMessage & { kind: 'failed' }): LocalError => {
  if (code === 'LEVEL_LOCKED') {
    const remedy = 'Stop that one, or wait until it is ready; or name another folder with --data, or use --memory.';
    return new LocalError('DATA_IN_USE', `The data folder ${data} is in use by another process, such as a twin. ${remedy}`);
  }
  if (code === 'LISTEN') {
    const remedy = 'Set TMPDIR to a writable folder.';
    return new LocalError('RESOURCE_FAILED', `The socket of the database cannot be opened: ${message}. ${remedy}`);
  }
  const cause = causes.find(({ of }) => of.test(message));
  const { problem, remedy } = cause ?? (damaged.has(code) || /No such file|Is a directory/.test(message) ? damage : unknown);
  const text = `The data folder ${data} cannot be opened: ${problem} (${message.trim()}). ${remedy}`;
  return new LocalError('RESOURCE_FAILED', text);
};

/** Returns the message for a database that opened without part of its log. */
export const lostText = (data: string, { file, bytes }: Lost): string => {
  const problem =
    bytes > 0 ? `${bytes} bytes of dynamodb/${file} are missing or cannot be read` : `dynamodb/${file} was changed`;
  return `The data folder ${data} is damaged: ${problem}, so that writes of its last session are missing. Compare with a backup if you have one, or continue with the remaining items.`;
};

/** Returns the message after a repair. */
export const repairedText = (data: string, { items, damaged }: Repaired): string => {
  const kept = `The data folder ${data} is repaired and has ${items} ${items === 1 ? 'item' : 'items'}.`;
  if (damaged?.length === 0) return `${kept} None of its files was damaged.`;
  const files = damaged ? `${damaged.map((name) => `dynamodb/${name}`).join(', ')} was missing or damaged: what` : 'What';
  return `${kept} ${files} could not be read is lost. Compare with a backup if you have one.`;
};

interface Cause {
  readonly problem: string;
  readonly remedy: string;
}

/** Causes that are not damage to the data. */
const causes: readonly (Cause & { readonly of: RegExp })[] = [
  { of: /No space left/, problem: 'its disk is full', remedy: 'Free disk space. The items are unchanged.' },
  {
    of: /Read-only file system/,
    problem: 'it is on a read-only file system',
    remedy: 'Mount it as writable, or name another folder with --data. The items are unchanged.',
  },
  {
    of: /Permission denied/,
    problem: 'this user may not write there',
    remedy: 'Make this user its owner, or name another folder with --data. The items are unchanged.',
  },
  {
    of: /Too many open files/,
    problem: 'too many files are open',
    remedy: 'Raise the limit (ulimit -n). The items are unchanged.',
  },
  {
    of: /Input\/output error/,
    problem: 'its disk reports an error',
    remedy: 'Check the disk, and copy the folder to another one.',
  },
];

const damaged = new Set(['LEVEL_CORRUPTION']);

const damage: Cause = {
  problem: 'a file of its database is damaged or missing',
  remedy:
    'Copy the folder if its items matter; then start items local with --repair, which keeps the items that can still be read, or name another folder with --data.',
};

const unknown: Cause = {
  problem: 'its database does not open',
  remedy: 'Name another folder with --data.',
};
