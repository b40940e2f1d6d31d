/** A Markdown table. Cells are Markdown of one line; a `|` in them is escaped. */
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.map(escaped).join(' | ')} |`).join('\n');

/** A literal in a sentence. */
export const code = (text: string): string => (text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``);

/** Text that is not Markdown. */
export const plain = (text: string): string => text.replace(/[\\`*<[]/g, '\\$&');

const escaped = (cell: string): string => cell.replaceAll('|', '\\|');
