import { type Answer, type Finding, Unreachable } from './finding.ts';
import type { Accepted, Verdict } from './judge.ts';

/**
 * Returns the output of the check: each finding that fails it, and a line for each source, with the reason if it could not be
 * reached.
 */
export const report = (answers: readonly Answer[], { open, tolerated, stale }: Verdict): string[] => [
  ...open.map(describe),
  ...stale.map((entry) => `stale entry in audit/accepted.ts: nothing is known of ${nameOf(entry)} any more: remove it`),
  ...[...Map.groupBy(answers, ({ source }) => source)].flatMap(([source, group]) => sourceLines(source, group)),
  `${open.length} to fix, ${tolerated.length} accepted or of low severity`,
];

const describe = ({
  source,
  ids,
  severity,
  summary,
  package: { ecosystem, name, version, file, runsFor },
}: Finding): string => {
  const what = `${name} ${version} (${ecosystem}, ${runsFor} run it): ${severity} ${ids.join(', ')}: ${summary}`;
  return `${what}\n  named in ${file}, known to ${source}. Update it, or list it in audit/accepted.ts with a reason and a day.`;
};

const nameOf = (entry: Accepted): string => ('id' in entry ? entry.id : entry.file);

const sourceLines = (source: string, answers: readonly Answer[]): string[] => {
  const failed = answers.filter(({ findings }) => findings instanceof Unreachable);
  const given = answers.filter((answer) => !failed.includes(answer));
  const known = given.flatMap(({ findings }) => (findings instanceof Unreachable ? [] : findings));
  const reasons = new Set(failed.map(({ findings }) => (findings instanceof Unreachable ? findings.message : '')));
  return [
    ...(given.length > 0 ? [`${source}: ${known.length} known vulnerabilities in ${packagesOf(given)}`] : []),
    ...(failed.length > 0
      ? [`${source} cannot be asked (${[...reasons].join('; ')}): NOT CHECKED there are ${packagesOf(failed)}`]
      : []),
  ];
};

const packagesOf = (answers: readonly Answer[]): string => {
  const packages = answers.flatMap((answer) => answer.packages);
  return `${packages.length} packages of ${[...new Set(packages.map(({ ecosystem }) => ecosystem))].join(', ')}`;
};
