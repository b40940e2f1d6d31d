import type { PlannedChange } from '../deploy/changes.ts';

const kinds = ['added', 'changed', 'replaced', 'removed'] as const;

/** What a change set does, in four groups; of what is added a line a type, of all else a line a resource with the reasons. */
export const changeLines = (changes: readonly PlannedChange[]): string[] =>
  kinds.flatMap((kind) => {
    const ofKind = changes.filter((change) => change.kind === kind);
    const group = ofKind.sort((a, b) => Number(b.isCertain) - Number(a.isCertain));
    if (group.length === 0) return [];
    return [`${kind} (${group.length})`, ...indented(kind === 'added' ? typeLines(group) : table(group.map(cells)))];
  });

/** `AWS::EC2::Subnet  PrivateSubnet1, PrivateSubnet2`: a line a type. */
export const typeLines = (resources: readonly { readonly logicalId: string; readonly type: string }[]): string[] => {
  const byType = Map.groupBy(resources, ({ type }) => type);
  const rows = [...byType].sort(([a], [b]) => a.localeCompare(b));
  return table(rows.map(([type, members]) => [type, listed(members.map(({ logicalId }) => logicalId))]));
};

/** Of many names the first: each is told again when it is finished. */
const listed = (names: readonly string[]): string =>
  names.length > 8 ? `${names.slice(0, 6).join(', ')} and ${names.length - 6} more` : names.join(', ');

export const indented = (lines: readonly string[]): string[] => lines.map((line) => `  ${line}`);

const cells = ({ logicalId, type, isCertain, reasons }: PlannedChange): string[] => [
  logicalId,
  type,
  `${isCertain ? '' : 'perhaps: '}${reasons.join(', ')}`,
];

/** Cells in columns, two spaces apart. */
const table = (rows: readonly (readonly string[])[]): string[] => {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
};
