import type { Answer, Finding } from './finding.ts';
import { Unreachable } from './finding.ts';

/** A vulnerability, or all those of a file, that we know and live with. */
export type Accepted = ({ readonly id: string } | { readonly file: string }) & {
  readonly reason: string;
  /** The last day, such as `2027-05-31`. */
  readonly until: string;
};

export interface Verdict {
  /** Findings that fail the check. */
  readonly open: readonly Finding[];
  /** Findings that do not, because they are accepted or of low severity. */
  readonly tolerated: readonly Finding[];
  /** Entries that cover nothing: they would hide what comes next. */
  readonly stale: readonly Accepted[];
}

/**
 * Sorts findings. A malicious package (MAL-…) is accepted by its own id only, never with its file. Without the response of each source
 * an entry is not known to be stale.
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
