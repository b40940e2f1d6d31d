import { table } from '../../src/docs/markdown.ts';
import type { Row, Wrong } from '../part.ts';

/** Returns the results as a Markdown table. */
export const resultsTable = (rows: readonly Row[]): string =>
  table(
    ['part', 'edition', 'tried', 'wrong', 'slowest'],
    rows.map(({ part, edition, tried, wrong, slowest }) => [
      part,
      editions[edition],
      tried.replace(/^\d+/, (count) => Number(count).toLocaleString('en')),
      wrong.length === 0 ? '0' : `**${wrong.length}**`,
      `${(slowest / 1000).toFixed(1)} s`,
    ]),
  );

const editions: Readonly<Record<Row['edition'], string>> = { typescript: 'TypeScript', python: 'Python', both: 'both' };

/** Lists about 20 of the wrong cases, and counts them by reason if there are more. */
export const wrongLines = (rows: readonly Row[], seed: number): string[] => {
  const failed = rows.filter(({ wrong }) => wrong.length > 0);
  const limit = Math.max(3, Math.floor(20 / failed.length));
  return failed.flatMap(({ part, edition, wrong }) => [
    ...wrong.slice(0, limit).map(({ subject, why }) => `wrong: ${part}, ${edition}, seed ${seed}: ${subject}: ${why}`),
    ...(wrong.length > limit ? [`${wrong.length} wrong in ${part}, ${edition}, by reason:`, ...byReason(wrong)] : []),
  ]);
};

/** Counts the cases for each reason. Ids and numbers in a reason are ignored. */
const byReason = (wrong: readonly Wrong[]): string[] =>
  [...Map.groupBy(wrong, ({ why }) => why.replace(/:.*/, '').replace(/\S*\d{4,}\S*|"[^"]*"|\d+\.\d/g, '…'))]
    .sort(([, one], [, other]) => other.length - one.length)
    .map(([reason, cases]) => `  ${cases.length} × ${reason}`);
