import { styleText } from 'node:util';
import type { Judgement } from '../conformance/checklist.ts';
import { type Run, titleOf, type Verdict } from '../conformance/runner.ts';

/**
 * Returns the report of a run as text. The last line contains the counts. Without colours if the stream does not support them.
 */
export const verifyLines = (
  run: Run,
  checklist: readonly Judgement[],
  stream: NodeJS.WriteStream = process.stdout,
): string[] => {
  const failed = run.verdicts.filter(({ outcome }) => outcome === 'failed');
  const { remaining } = run.items;
  const paint = (style: keyof typeof styles, text: string): string => styleText(styles[style], text, { stream });
  const sections = [
    checklist.flatMap(({ claim, status, evidence }) => [
      `${paint(status, words[status])}  ${claim}`,
      `      ${paint('open', evidence)}`,
    ]),
    failed.length ? ['Failed:', ...failed.flatMap((verdict) => failure(verdict))] : [],
    remaining.length ? ['Left behind, remove it yourself:', ...remaining.map((line) => `  ${line}`)] : [],
    [counts(run)],
  ];
  return sections.filter((lines) => lines.length).flatMap((lines, index) => (index ? ['', ...lines] : lines));
};

/** Returns true if at least one case was run, all cases passed, and no items remain. */
export const isGood = ({ verdicts, items }: Run): boolean => {
  const asked = verdicts.filter(({ outcome }) => outcome !== 'left out');
  return asked.length > 0 && asked.every(({ outcome }) => outcome === 'passed') && items.remaining.length === 0;
};

const words = { pass: 'pass', fail: 'FAIL', open: 'open' } as const;
const styles = { pass: 'green', fail: 'red', open: 'dim' } as const;

const failure = (verdict: Verdict): string[] => [
  `  ${titleOf(verdict)}`,
  ...(verdict.failure ?? '').split('\n').map((line) => `    ${line}`),
];

const counts = ({ verdicts, items: { removed }, duration }: Run): string => {
  const count = (outcome: Verdict['outcome']): number => verdicts.filter((verdict) => verdict.outcome === outcome).length;
  const others = (['not run', 'left out'] as const).map((outcome) =>
    count(outcome) ? `, ${count(outcome)} ${outcome}` : '',
  );
  const seconds = (duration / 1000).toFixed(1);
  return `${count('passed')} passed, ${count('failed')} failed${others.join('')}; ${removed} items removed; ${seconds} s`;
};
