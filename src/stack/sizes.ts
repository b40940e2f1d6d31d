/** A table of a rendered template: the bytes of each section, of inline code and of the whole. */
export const sizes = (yaml: string): string => {
  const rows = yaml
    .split(/^(?=[A-Z]\w*:)/m)
    .slice(1)
    .map((section): [string, number] => [section.slice(0, section.indexOf(':')), Buffer.byteLength(section)]);
  const total: [string, number] = ['Total', Buffer.byteLength(yaml)];
  return [...rows, total].map(([name, bytes]) => `  ${name.padEnd(26)}${String(bytes).padStart(6)} bytes`).join('\n');
};
