import type { Template } from './cloudformation.ts';
import { commentOf } from './comment.ts';
import { commentLines, yamlLines } from './yaml.ts';

/** Sections whose entries are separated by an empty line. */
const spaced: ReadonlySet<string> = new Set(['Metadata', 'Parameters', 'Rules', 'Resources', 'Outputs']);

/** Sections in which every mapping is a block, so that all entries have the same form. */
const blocks: ReadonlySet<string> = new Set(['Metadata', 'Rules', 'Outputs']);

/** Comments above sections. */
const sectionComments: Readonly<Record<string, string>> = {
  Mappings: `The code that functions share, by source file. A function joins the files that it needs and its own code (ZipFile).`,
};

/** Renders a template as YAML. Parsing the text returns the same template. */
export const renderTemplate = (template: Template, heading: string): string => {
  const lines = commentLines(heading, 0);
  for (const [section, content] of Object.entries(template)) {
    if (section !== 'Description') lines.push('');
    lines.push(...commentLines(sectionComments[section], 0));
    if (typeof content !== 'object') lines.push(...yamlLines({ [section]: content }, 0));
    else lines.push(`${section}:`, ...sectionLines(section, content as object));
  }
  return `${lines.join('\n')}\n`;
};

const sectionLines = (section: string, content: object): string[] =>
  Object.entries(content).flatMap(([name, value], index) => [
    ...(index > 0 && (spaced.has(section) || commentOf(value) !== undefined) ? [''] : []),
    ...(section === 'Mappings' ? mappingLines(name, value) : yamlLines({ [name]: value }, 2, blocks.has(section))),
  ]);

/** A mapping of code, with an empty line above each file. */
const mappingLines = (name: string, rows: Readonly<Record<string, Readonly<Record<string, string>>>>): string[] => [
  `  ${name}:`,
  ...Object.entries(rows).flatMap(([key, row]) => [
    `    ${key}:`,
    ...Object.entries(row).flatMap(([file, code], index) => [...(index > 0 ? [''] : []), ...yamlLines({ [file]: code }, 6)]),
  ]),
];
