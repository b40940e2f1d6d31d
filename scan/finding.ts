import type { Target } from './target.ts';

export type Tool = 'cfn-lint' | 'cdk-nag' | 'control-tower' | 'checkov';

/** A finding of a scanner. */
export interface Finding {
  readonly tool: Tool;
  readonly rule: string;
  /** Logical id; empty if the finding is about the whole template. */
  readonly resource: string;
  readonly target: Pick<Target, 'file' | 'variant'>;
  readonly message: string;
  /** How to fix it, or where to read about it, if the tool reports that. */
  readonly remedy?: string | undefined;
}

/** The report of a scanner on all of its targets. */
export interface Report {
  readonly tool: Tool;
  readonly version: string;
  /** Rules that were evaluated on at least one target. The file of each scanner defines what that means. */
  readonly rules: number;
  readonly findings: readonly Finding[];
}
