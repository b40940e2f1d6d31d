import type { Finding, Tool } from './finding.ts';
import { files, type TemplateFile, type Variant, variants } from './variants.ts';

/** A finding that has been reviewed and accepted. */
export interface Exception {
  readonly tool: Tool;
  readonly rule: string;
  /** Logical ids. */
  readonly resources: readonly string[];
  /** All templates unless named. */
  readonly files?: readonly TemplateFile[];
  /** Both variants unless named. */
  readonly variants?: readonly Variant[];
  readonly reason: string;
  /** Condition under which the exception must be reviewed. */
  readonly reconsider: string;
}

export interface Verdict {
  /** Findings that no exception covers. */
  readonly open: readonly Finding[];
  /** Exceptions, or parts of them, without a finding. */
  readonly stale: readonly string[];
}

/**
 * Compares findings with exceptions. An exception is also stale for each single resource or template that it names, and for each
 * variant that it covers, without a finding: it would hide the next finding there.
 */
export const judge = (findings: readonly Finding[], exceptions: readonly Exception[]): Verdict => ({
  open: findings.filter((finding) => !exceptions.some((exception) => covers(exception, finding))),
  stale: exceptions.flatMap((exception) => staleParts(exception, findings)),
});

/** Returns true if the exception covers this finding. */
export const covers = (exception: Exception, { tool, rule, resource, target }: Finding): boolean =>
  exception.tool === tool &&
  exception.rule === rule &&
  filesOf(exception).includes(target.file) &&
  variantsOf(exception).includes(target.variant) &&
  exception.resources.includes(resource);

const filesOf = (exception: Exception): readonly string[] => exception.files ?? files;

const variantsOf = (exception: Exception): readonly string[] => exception.variants ?? variants;

const staleParts = (exception: Exception, findings: readonly Finding[]): string[] => {
  const { tool, rule, resources } = exception;
  const met = findings.filter((finding) => covers(exception, finding));
  if (met.length === 0) return [`${tool} ${rule}: nothing is found any more: remove it`];
  const parts: readonly [string, readonly string[], (finding: Finding) => string][] = [
    ['resource', resources, ({ resource }) => resource],
    ['template', exception.files ?? [], ({ target }) => target.file],
    ['variant', variantsOf(exception), ({ target }) => target.variant],
  ];
  return parts.flatMap(([kind, values, read]) =>
    values
      .filter((value) => !met.some((finding) => read(finding) === value))
      .map((value) => `${tool} ${rule}: nothing is found in the ${kind} ${value} any more: name the others only`),
  );
};
