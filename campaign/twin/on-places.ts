import { createPlace, type Place } from './place.ts';

/** Runs tasks in two places in parallel. More twins would leave too little of a small machine. Removes the places afterwards. */
export const onPlaces = async <Task>(
  tasks: readonly Task[],
  signal: AbortSignal,
  run: (task: Task, place: Place) => Promise<void>,
): Promise<void> => {
  const left = [...tasks];
  const work = async (place: Place): Promise<void> => {
    try {
      for (let task = left.shift(); task !== undefined && !signal.aborted; task = left.shift()) await run(task, place);
    } finally {
      place.remove();
    }
  };
  await Promise.all([createPlace(signal), createPlace(signal)].map(work));
};
