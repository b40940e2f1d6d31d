import type { Package } from './packages.ts';

/** As GitHub rates vulnerabilities; `unknown` if the source does not rate one, such as a malicious package. */
export type Severity = 'low' | 'moderate' | 'high' | 'critical' | 'unknown';

/** From the words of a source. npm's `info` is below `low`. */
export const severityOf = (text: string): Severity => known.get(text.toLowerCase()) ?? 'unknown';

const known = new Map<string, Severity>([
  ['info', 'low'],
  ['low', 'low'],
  ['moderate', 'moderate'],
  ['medium', 'moderate'],
  ['high', 'high'],
  ['critical', 'critical'],
]);

/** A known vulnerability of a package. */
export interface Finding {
  readonly source: string;
  /** As the source names it, then its other names: GHSA-…, CVE-…, PYSEC-…. */
  readonly ids: readonly string[];
  readonly severity: Severity;
  readonly summary: string;
  readonly package: Package;
}

/** A source of advisories cannot be asked. The message says why. */
export class Unreachable extends Error {}

/** The response of a source about some packages. */
export interface Answer {
  readonly source: string;
  readonly packages: readonly Package[];
  readonly findings: readonly Finding[] | Unreachable;
}
