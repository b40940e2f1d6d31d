// @ts-check
const fs = process.getBuiltinModule('node:fs');

/**
 * Milliseconds of steps that follow each other, the first from when the process was started, in milliseconds since the epoch.
 * `tell` hands them to whoever started it (timeSteps) and ends the process.
 * @param {number} startedAt
 */
export const stepsSince = (startedAt) => {
  /** @type {Record<string, number>} */
  const steps = {};
  let at = startedAt - performance.timeOrigin;
  return {
    /** @param {string} name */
    done(name) {
      const now = performance.now();
      steps[name] = now - at;
      at = now;
    },
    /**
     * Counts some of a step with another.
     * @param {number} ms
     * @param {string} from
     * @param {string} to
     */
    move(ms, from, to) {
      steps[from] = (steps[from] ?? 0) - ms;
      steps[to] = (steps[to] ?? 0) + ms;
    },
    tell() {
      fs.writeSync(3, `${JSON.stringify(steps)}\n`);
      process.exit();
    },
  };
};
