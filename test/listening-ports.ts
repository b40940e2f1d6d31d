import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';

/* Who listens on which ports, from Linux's /proc. */

/** TCP ports that the processes of this test listen on. */
export const listeningPorts = (): number[] => portsOf(tree(process.pid));

/** A process and all that descend from it. */
export const tree = (root: number): number[] => {
  const parents = new Map(
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap((name): [number, number][] => {
        try {
          const fields = readFileSync(`/proc/${name}/stat`, 'utf8')
            .replace(/^.*\) /s, '')
            .split(' ');
          return [[Number(name), Number(fields[1])]];
        } catch {
          return [];
        }
      }),
  );
  const found = [root];
  for (const pid of found) for (const [child, parent] of parents) if (parent === pid) found.push(child);
  return found;
};

/** TCP ports that some of these processes listen on. */
export const portsOf = (pids: readonly number[]): number[] => {
  const inodes = new Set(
    pids.flatMap((pid) =>
      readdirSync(`/proc/${pid}/fd`).flatMap((name) => {
        try {
          return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${name}`))?.[1] ?? [];
        } catch {
          return [];
        }
      }),
    ),
  );
  const tables = ['/proc/net/tcp', '/proc/net/tcp6'].filter((file) => statSync(file, { throwIfNoEntry: false }));
  const lines = tables.flatMap((file) => readFileSync(file, 'utf8').trim().split('\n').slice(1));
  return lines.flatMap((line) => {
    const [, local = '', , state, , , , , , inode = ''] = line.trim().split(/\s+/);
    return state === '0A' && inodes.has(inode) ? [parseInt(local.split(':')[1] ?? '', 16)] : [];
  });
};
