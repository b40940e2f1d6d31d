import type { Package } from './packages.ts';

/** Severity as GitHub rates vulnerabilities; `unknown` if the source does not rate one, such as a malicious package. */
export type Severity = 'low' | 'moderate' | 'high' | 'critical' | 'unknown';

/** Returns the severity for the word of a source. npm's `info` becomes `low`. */
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
  /** The id that the source uses, then its other ids: GHSA-…, CVE-…, PYSEC-…. */
  readonly ids: readonly string[];
  readonly severity: Severity;
  readonly summary: string;
  readonly package: Package;
}

/** A source of advisories that cannot be reached. The message has the reason. */
export class Unreachable extends Error {}

/** The response of a source about some packages. */
export interface Answer {
  readonly source: string;
  readonly packages: readonly Package[];
  readonly findings: readonly Finding[] | Unreachable;
}
