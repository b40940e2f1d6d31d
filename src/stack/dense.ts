import { type TransformOptions, transformSync } from 'esbuild';

/** Code as short as it gets with its top-level names, which other code goes by: one line for each top-level statement. */
export const dense = (code: string): string =>
  statements(code)
    .map((statement) => javascript(statement, minify))
    .join('');

/** Code indented by one space for each level instead of two, and without esbuild's annotations. */
export const shallow = (code: string): string => {
  const shallower = code
    .replaceAll('/* @__PURE__ */ ', '')
    .replace(/^(?: {2})+/gm, (indent) => ' '.repeat(indent.length / 2));
  // Lines of a template literal may begin with spaces that mean something.
  return javascript(shallower, minify) === javascript(code, minify) ? shallower : code;
};

/** Prints JavaScript in esbuild's way. Throws esbuild's failure if it is not valid. */
export const javascript = (code: string, options?: TransformOptions): string =>
  transformSync(code, { loader: 'js', target: 'node24', logLevel: 'silent', ...options }).code;

const minify: TransformOptions = { minifyWhitespace: true, minifySyntax: true, minifyIdentifiers: true };

/** The top-level statements: each the fewest lines that are valid by themselves. */
const statements = (code: string): string[] => {
  const found: string[] = [];
  let open = '';
  for (const line of code.split('\n')) {
    open += `${line}\n`;
    if (!isValid(open)) continue;
    if (open.trim()) found.push(open);
    open = '';
  }
  return open.trim() ? [...found, open] : found;
};

const isValid = (code: string): boolean => {
  try {
    javascript(code);
    return true;
  } catch {
    return false;
  }
};
