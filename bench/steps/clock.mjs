// @ts-check
const fs = process.getBuiltinModule('node:fs');

/**
 * Measures consecutive steps, in milliseconds. `tell` writes them for the program that started the process (timeSteps), and ends
 * the process.
 * @param {number} startedAt Start of the process and of the first step, in milliseconds since the epoch.
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
     * Moves milliseconds from one step to another.
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
