import type { Target } from './target.ts';

export type Tool = 'cfn-lint' | 'cdk-nag' | 'control-tower' | 'checkov';

/** Something that a scanner does not like. */
export interface Finding {
  readonly tool: Tool;
  readonly rule: string;
  /** Logical id; empty if it is about the template as a whole. */
  readonly resource: string;
  readonly target: Pick<Target, 'file' | 'variant'>;
  readonly message: string;
  /** What to do or where to read about it, if the tool says so. */
  readonly remedy?: string | undefined;
}

/** What a scanner says about all of its targets. */
export interface Report {
  readonly tool: Tool;
  readonly version: string;
  /** Rules that were evaluated on at least one target; each scanner's file says what that means for it. */
  readonly rules: number;
  readonly findings: readonly Finding[];
}
