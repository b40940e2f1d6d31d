import type { Results, SuiteRecord } from '../results.ts';
import { comparisonsOf } from './headline.ts';

/** An explanation of missed targets, with the parts of the time. */
export interface Explanation {
  readonly suite: string;
  /** Matches the quantities. `against` is the contender of the missed targets. */
  readonly quantity: RegExp;
  readonly against: string;
  readonly heading: string;
  /** The text in Markdown. */
  readonly text: string;
}

/** Returns the explanations for the missed targets of a suite. */
export const explanationsFor = (
  suite: string,
  record: SuiteRecord,
  explanations: readonly Explanation[],
): readonly Explanation[] => {
  const missed = missedTargets({ [suite]: record });
  return explanations.filter((explanation) => missed.some((target) => explains(explanation, target)));
};

/**
 * Returns the faults of explanations, such as a missed target without an explanation, and an explanation without a missed target.
 */
export const unexplained = (results: Results, explanations: readonly Explanation[]): string[] => {
  const missed = missedTargets(results);
  const bare = Object.entries(results).filter(
    ([name, { breakdowns = [] }]) => breakdowns.length === 0 && missed.some(({ suite }) => suite === name),
  );
  return [
    ...bare.map(([name]) => `${name}: nothing says what is made of what misses its target`),
    ...missed
      .filter((target) => !explanations.some((explanation) => explains(explanation, target)))
      .map(
        ({ suite, quantity, against }) => `${suite}: ${quantity}: the target against ${against} is missed and not explained`,
      ),
    ...explanations
      .filter(({ suite }) => suite in results)
      .filter((explanation) => !missed.some((target) => explains(explanation, target)))
      .map(({ suite, heading }) => `${suite}: ${heading}: an explanation of a target that is met, or not there`),
  ];
};

interface Missed {
  readonly suite: string;
  readonly quantity: string;
  readonly against: string;
}

const missedTargets = (results: Results): Missed[] =>
  comparisonsOf(results)
    .filter(({ comparison }) => comparison.met === false)
    .map(({ suite, measurement: { quantity }, comparison: { against } }) => ({ suite, quantity, against }));

const explains = ({ suite, quantity, against }: Explanation, target: Missed): boolean =>
  target.suite === suite && target.against === against && quantity.test(target.quantity);
