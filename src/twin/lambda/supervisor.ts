import { type ChildProcess, spawn } from 'node:child_process';
import { Socket } from 'node:net';
import type { RunFolder } from '../processes/run-folder.ts';

/** Ends execution environments that would outlive the twin, and removes what it leaves on disk. */
export interface Supervisor {
  watch(child: ChildProcess): void;
  stop(): void;
}

/**
 * A small shell that knows the process groups of all environments and kills them when its input ends: that is, also when
 * the twin itself is killed with SIGKILL, and also when an environment is frozen or in an endless loop and cannot notice.
 * Without a POSIX shell, an environment ends by itself when it next asks the Runtime API.
 */
export const createSupervisor = ({ path, remember }: Pick<RunFolder, 'path' | 'remember'>): Supervisor => {
  if (process.platform === 'win32') return { watch() {}, stop() {} };
  const shell = spawn('/bin/sh', ['-c', script, 'supervisor', path], {
    stdio: ['pipe', 'ignore', 'ignore'],
    env: { PATH: '/usr/bin:/bin' },
    cwd: '/',
    detached: true,
  });
  shell.unref();
  // If the shell dies, too, environments still end with their Runtime API, and the next twin ends those that are frozen then.
  shell.on('error', () => {});
  shell.stdin.on('error', () => {});
  if (shell.stdin instanceof Socket) shell.stdin.unref();
  return {
    watch(child) {
      shell.stdin.write(`+ ${child.pid}\n`);
      if (child.pid !== undefined) remember(child.pid);
      child.once('exit', () => shell.stdin.write(`- ${child.pid}\n`));
    },
    stop: () => shell.stdin.end(),
  };
};

const script = `
groups=' '
while read -r change group; do
  case $change in
    +) groups="$groups$group " ;;
    -) groups="\${groups%% $group *} \${groups#* $group }" ;;
  esac
done
for group in $groups; do kill -KILL "-$group"; done
rm -rf -- "$1"
`;
