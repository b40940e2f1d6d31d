/** Returns a Markdown table. Cells are one line of Markdown; a `|` in them is escaped. */
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.map(escaped).join(' | ')} |`).join('\n');

/** Formats a literal in a sentence as code. */
export const code = (text: string): string => (text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``);

/** Escapes text that is not Markdown. */
export const plain = (text: string): string => text.replace(/[\\`*<[]/g, '\\$&');

const escaped = (cell: string): string => cell.replaceAll('|', '\\|');
