import fc from 'fast-check';

/*
 * How often a property is tried: PROPERTY_RUNS, or a few times, as npm test runs before each commit. CI tries many times, and
 * finds over time what a few runs miss; fast-check prints the seed of what fails.
 */
const runs = process.env.PROPERTY_RUNS ?? '25';
if (!/^[1-9]\d*$/.test(runs))
  throw new Error(`PROPERTY_RUNS=${runs} is not a whole number from 1: correct it or leave it out`);
fc.configureGlobal({ numRuns: Number(runs) });

/** So many times the runs of other properties, for one that takes little time or needs many. */
export const times = (factor: number): { readonly numRuns: number } => ({ numRuns: Math.ceil(factor * Number(runs)) });
