/** A step of the run, and its duration. */
export interface Step {
  readonly title: string;
  /** Minimum and maximum minutes. These are estimates, not yet measured on AWS. */
  readonly minutes: readonly [from: number, to: number];
  /** Resolves with a remark for the report, if there is one. */
  run(signal: AbortSignal): Promise<string | undefined>;
}

/** The outcome of a step. */
export interface Done {
  readonly title: string;
  readonly minutes: Step['minutes'];
  readonly outcome: 'passed' | 'failed' | 'interrupted' | 'not run';
  /** Milliseconds. */
  readonly duration: number;
  readonly remark?: string;
}

/** Runs steps one after the other. After a failed step, or after an abort, the remaining steps do not run. */
export const runSteps = async (
  steps: readonly Step[],
  signal: AbortSignal,
  onDone: (done: Done) => void = () => {},
): Promise<Done[]> => {
  const all: Done[] = [];
  for (const step of steps) {
    const done =
      all.every(({ outcome }) => outcome === 'passed') && !signal.aborted ? await runOne(step, signal) : notRun(step);
    all.push(done);
    onDone(done);
  }
  return all;
};

/** Returns the outcome of a step that did not run. */
export const notRun = ({ title, minutes }: Step): Done => ({ title, minutes, outcome: 'not run', duration: 0 });

const runOne = async ({ title, minutes, run }: Step, signal: AbortSignal): Promise<Done> => {
  const began = performance.now();
  const done = () => ({ title, minutes, duration: performance.now() - began });
  try {
    const remark = await run(signal);
    return { ...done(), outcome: 'passed', ...(remark !== undefined && { remark }) };
  } catch (error) {
    if (signal.aborted) return { ...done(), outcome: 'interrupted' };
    return { ...done(), outcome: 'failed', remark: error instanceof Error ? error.message : String(error) };
  }
};
