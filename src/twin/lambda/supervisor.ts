import { type ChildProcess, spawn } from 'node:child_process';
import { Socket } from 'node:net';
import type { RunFolder } from '../processes/run-folder.ts';

/** Ends execution environments that would outlive the twin, and deletes the twin's folder. */
export interface Supervisor {
  watch(child: ChildProcess): void;
  stop(): void;
}

/**
 * Starts a small shell that records the process groups of all environments and kills them when its input ends. This works even if
 * the twin is killed with SIGKILL, and if an environment is frozen or in an endless loop. Without a POSIX shell, an environment
 * ends at its next call of the Runtime API.
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
  // If the shell is killed, too, environments still end with their Runtime API. The next start of the twin ends frozen ones.
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
