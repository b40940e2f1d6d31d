/** Records when DynamoDB was slow, so that a 503 does not count as a fault of the function. */
export interface SlowCalls {
  /** Records the start of a call. The returned function records its end. */
  begin(): () => void;
  /** Returns true if a slow call was in progress at any time since `time`. */
  since(time: number): boolean;
}

/**
 * Creates a record of slow calls. A call is slow from `limit` milliseconds on. Functions time out after 3 s, but on a busy
 * machine the time measured here is shorter.
 */
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
