import type { Deployment } from './ground/deployment.ts';

export interface Task {
  /** The function that the task calls. */
  readonly function: string;
}

/**
 * Runs tasks in parallel, one at a time in each lane. A lane runs the tasks of one function until there are none left. So fewer
 * processes start, and they stay warm.
 */
export const inLanes = async <Of extends Task>(
  tasks: readonly Of[],
  lanes: readonly Deployment[],
  signal: AbortSignal,
  run: (task: Of, lane: Deployment) => Promise<void>,
): Promise<void> => {
  const queues = [...Map.groupBy(tasks, (task) => task.function).values()];
  const longest = (): Of[] => queues.reduce((one, other) => (other.length > one.length ? other : one), []);
  await Promise.all(
    lanes.map(async (lane, index) => {
      let queue = queues[index % queues.length] ?? [];
      while (!signal.aborted) {
        if (queue.length === 0) queue = longest();
        const task = queue.shift();
        if (task === undefined) return;
        await run(task, lane);
      }
    }),
  );
};
