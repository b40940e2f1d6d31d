import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A limit of the CPU that a process can use. */
export interface CpuQuota {
  /** Limits a process from now on. It must end before another process is limited. */
  limit(pid: number): void;
  /** Removes the limit from a process that still runs. */
  remove(): void;
}

/** Creates a Linux control group that gets this share of one core, or returns the reason why that is not possible. */
export const createCpuQuota = (share: number): CpuQuota | { readonly whyNot: string } => {
  const problems: string[] = [];
  for (const { root, settings } of hierarchies(Math.round(share * period))) {
    if (!existsSync(root)) continue;
    const group = join(root, `items-bench-${process.pid}`);
    try {
      mkdirSync(group);
      for (const [file, text] of settings) writeFileSync(join(group, file), text);
      return {
        limit: (pid) => writeFileSync(join(group, 'cgroup.procs'), String(pid)),
        remove() {
          // If the bench is interrupted, a process is still in the group, and a group with processes cannot be removed.
          for (const pid of readFileSync(join(group, 'cgroup.procs'), 'utf8').split('\n').filter(Boolean)) {
            try {
              writeFileSync(join(root, 'cgroup.procs'), pid);
            } catch {
              // The process has ended.
            }
          }
          rmdirSync(group);
        },
      };
    } catch (error) {
      problems.push(error instanceof Error ? error.message : String(error));
      if (existsSync(group)) rmdirSync(group);
    }
  }
  return { whyNot: `no control group can be made that limits the CPU: ${problems.join('; ') || 'there are none here'}` };
};

/** Period of the quota in microseconds, as on Lambda. */
const period = 20_000;

/** Returns the paths and settings of control groups, for version 1 and version 2. */
const hierarchies = (quota: number): { root: string; settings: [file: string, text: string][] }[] => [
  {
    root: '/sys/fs/cgroup/cpu',
    settings: [
      ['cpu.cfs_period_us', String(period)],
      ['cpu.cfs_quota_us', String(quota)],
    ],
  },
  { root: '/sys/fs/cgroup', settings: [['cpu.max', `${quota} ${period}`]] },
];
