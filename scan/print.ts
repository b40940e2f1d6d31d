import type { Finding, Report } from './finding.ts';
import { covers, type Exception } from './judge.ts';

/** A report and its duration in seconds. */
export type TimedReport = Report & { readonly seconds: number };

/**
 * Returns a table with a row for each scanner. A finding counts once for a rule and a resource, however many templates have it.
 * The column of exceptions counts those that cover one of its findings.
 */
export const table = (
  reports: readonly TimedReport[],
  open: readonly Finding[],
  exceptions: readonly Exception[],
): string => {
  const header = ['tool', 'version', 'rules evaluated', 'findings', 'exceptions', 'open', 'seconds'];
  const rows = reports.map(({ tool, version, rules, findings, seconds }) => [
    tool,
    version,
    String(rules),
    String(byPlace(findings).size),
    String(exceptions.filter((exception) => findings.some((finding) => covers(exception, finding))).length),
    String(byPlace(open.filter((finding) => finding.tool === tool)).size),
    seconds.toFixed(1),
  ]);
  const widths = header.map((title, column) => Math.max(...[header, ...rows].map((row) => (row[column] ?? title).length)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => (column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ');
  return [header, ...rows].map(line).join('\n');
};

/** Returns the text below the table. */
export const legend = (templates: number, seconds: number): string =>
  [
    `${templates} templates in ${seconds.toFixed(1)} s.`,
    'Exceptions are argued in scan/exceptions.ts; one may cover several findings, such as one of each function.',
  ].join('\n');

/** Returns the findings in full, each once for all templates that have it. */
export const details = (findings: readonly Finding[]): string[] =>
  [...byPlace(findings).values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const places = group.map(({ target }) => `${target.file} ${target.variant}`).join(', ');
    const heading = `${first.tool} ${first.rule}: ${first.resource || 'the template'} (${places})`;
    return [[heading, first.message, first.remedy].filter(Boolean).join('\n    ')];
  });

const byPlace = (findings: readonly Finding[]): Map<string, Finding[]> =>
  Map.groupBy(findings, ({ tool, rule, resource }) => `${tool} ${rule} ${resource}`);
