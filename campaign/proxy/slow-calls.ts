/** Knows when DynamoDB was slow, so that a 503 is not taken for a fault of the function. */
export interface SlowCalls {
  /** Notes the begin of a call. The result notes its end. */
  begin(): () => void;
  /** Returns whether a slow call was in progress at any time since `time`. */
  since(time: number): boolean;
}

/** Calls are slow from `limit` milliseconds on: functions give up after 3 s, on a busy machine earlier by this measure. */
export const createSlowCalls = (limit = 1500, now = (): number => performance.now()): SlowCalls => {
  const inProgress = new Set<{ readonly begin: number }>();
  let lastEnd = Number.NEGATIVE_INFINITY;
  const isSlow = ({ begin }: { readonly begin: number }): boolean => now() - begin >= limit;
  return {
    begin() {
      const call = { begin: now() };
      inProgress.add(call);
      return () => {
        inProgress.delete(call);
        if (isSlow(call)) lastEnd = now();
      };
    },
    since: (time) => lastEnd >= time || [...inProgress].some(isSlow),
  };
};
