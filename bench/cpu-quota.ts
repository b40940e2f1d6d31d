import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A limit to the CPU that processes may take, each alone. */
export interface CpuQuota {
  /** Limits a process from now on. It has to end before another one is limited. */
  limit(pid: number): void;
  /** Ends the limit of a process that is left. */
  remove(): void;
}

/** Makes a control group of Linux that gets this share of one core, or says why there can be none here. */
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
          // A process is in it still when the bench is interrupted, and a group with processes cannot be removed.
          for (const pid of readFileSync(join(group, 'cgroup.procs'), 'utf8').split('\n').filter(Boolean)) {
            try {
              writeFileSync(join(root, 'cgroup.procs'), pid);
            } catch {
              // It has ended.
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

/** Microseconds in which the share has to be used, as on Lambda. */
const period = 20_000;

/** Returns the places of control groups, in their first version and their second. */
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
