import type { PlannedChange } from '../deploy/changes.ts';

const kinds = ['added', 'changed', 'replaced', 'removed'] as const;

/**
 * Returns the lines of a change set in four groups: one line for each added type, and one line for each other resource, with the
 * reasons.
 */
export const changeLines = (changes: readonly PlannedChange[], width = Number.POSITIVE_INFINITY): string[] =>
  kinds.flatMap((kind) => {
    const ofKind = changes.filter((change) => change.kind === kind);
    const group = ofKind.sort((a, b) => Number(b.isCertain) - Number(a.isCertain));
    if (group.length === 0) return [];
    const rows = kind === 'added' ? typeLines(group, width) : table(group.map(cells), width);
    return [`${kind} (${group.length})`, ...rows];
  });

/** Returns one line per type: `  AWS::EC2::Subnet  PrivateSubnet1, PrivateSubnet2`. */
export const typeLines = (
  resources: readonly { readonly logicalId: string; readonly type: string }[],
  width = Number.POSITIVE_INFINITY,
): string[] => {
  const byType = Map.groupBy(resources, ({ type }) => type);
  const rows = [...byType].sort(([a], [b]) => a.localeCompare(b));
  return table(
    rows.map(([type, members]) => [type, listed(members.map(({ logicalId }) => logicalId))]),
    width,
  );
};

/** Returns the names, or the first of many: each is printed again when it is finished. */
const listed = (names: readonly string[]): string =>
  names.length > 8 ? `${names.slice(0, 6).join(', ')} and ${names.length - 6} more` : names.join(', ');

const cells = ({ logicalId, type, isCertain, reasons }: PlannedChange): string[] => [
  logicalId,
  type,
  `${isCertain ? '' : 'perhaps: '}${reasons.join(', ')}`,
];

/**
 * Formats cells in columns, two spaces apart. The last column is wrapped to the width. If there is little room for it, it has its
 * own lines.
 */
const table = (rows: readonly (readonly string[])[], width: number): string[] => {
  const columns = Math.max(...rows.map((row) => row.length)) - 1;
  const widths = Array.from({ length: columns }, (_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const indent = widths.reduce((sum, one) => sum + one + 2, 2);
  return rows.flatMap((row) => {
    const head = widths.map((one, column) => (row[column] ?? '').padEnd(one + 2)).join('');
    if (width - indent < 20) {
      return [
        `  ${head}`.trimEnd(),
        ...wrapped(row[columns] ?? '', width - 6).map((line) => `      ${line}`.trimEnd()),
      ].filter(Boolean);
    }
    const [first = '', ...others] = wrapped(row[columns] ?? '', width - indent);
    return [`  ${head}${first}`.trimEnd(), ...others.map((line) => ' '.repeat(indent) + line)];
  });
};

/** Breaks a text at spaces into lines of at most `width` characters. A longer word has its own line. */
const wrapped = (text: string, width: number): string[] => {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + word.length <= width) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
};
