import type { Answer, Finding } from './finding.ts';
import { Unreachable } from './finding.ts';

/** An accepted vulnerability, or all vulnerabilities of a file. */
export type Accepted = ({ readonly id: string } | { readonly file: string }) & {
  readonly reason: string;
  /** The last day on which the entry is valid, such as `2027-05-31`. */
  readonly until: string;
};

export interface Verdict {
  /** Findings that fail the check. */
  readonly open: readonly Finding[];
  /** Findings that are accepted or of low severity, and do not fail the check. */
  readonly tolerated: readonly Finding[];
  /** Entries that cover no finding: they would hide the next one. */
  readonly stale: readonly Accepted[];
}

/**
 * Sorts findings. A malicious package (MAL-…) can be accepted only by its own id, never by its file. Stale entries are reported
 * only if every source responded.
 */
export const judge = (answers: readonly Answer[], accepted: readonly Accepted[], today: string): Verdict => {
  const findings = answers.flatMap(({ findings }) => (findings instanceof Unreachable ? [] : findings));
  const isKnown = answers.every((answer) => !(answer.findings instanceof Unreachable));
  const valid = accepted.filter(({ until }) => until >= today);
  const isTolerated = (finding: Finding): boolean =>
    finding.severity === 'low' || valid.some((entry) => covers(entry, finding));
  return {
    open: findings.filter((finding) => !isTolerated(finding)),
    tolerated: findings.filter(isTolerated),
    stale: isKnown ? accepted.filter((entry) => !findings.some((finding) => covers(entry, finding))) : [],
  };
};

const covers = (entry: Accepted, { ids, package: { file } }: Finding): boolean =>
  'id' in entry ? ids.includes(entry.id) : entry.file === file && !ids.some((id) => id.startsWith('MAL-'));
