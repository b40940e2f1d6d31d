/** A module that code imports. */
export interface NamedModule {
  readonly name: string;
  /** Line in the code; the first is 1. */
  readonly line: number;
}

/**
 * Returns the modules in `require`, `import` and `export … from` of JavaScript code, each once. A regular expression finds them,
 * because a parser would take longer than the rest of the start. Names in comments and strings are ignored.
 */
export const namedModules = (source: string): NamedModule[] => {
  const found = new Map<string, NamedModule>();
  let line = 1;
  let last = 0;
  for (const match of source.matchAll(token)) {
    const name = match[2] ?? match[4];
    if (name === undefined || found.has(name)) continue;
    const at = match.index + match[0].length;
    line += source.slice(last, at).split('\n').length - 1;
    last = at;
    found.set(name, { name, line });
  }
  return [...found.values()];
};

/** Returns the package of a module: `@aws-sdk/client-s3` for `@aws-sdk/client-s3/dist`. */
export const packageOf = (name: string): string =>
  name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/');

/** Matches comments first, then imports, then other strings, so that nothing inside a match is matched again. */
const token = new RegExp(
  [
    String.raw`\/\/[^\n]*|\/\*[\s\S]*?\*\/`,
    String.raw`(?<![.\w$])(?:require|import)\s*\(\s*(['"\x60])([^'"\x60\n$]+)\1\s*[,)]`,
    String.raw`(?<![.\w$])(?:import|export)\b[\w$\s{},*]*?(?:\bfrom\s*|(?<=import)\s*)(['"])([^'"\n]+)\3`,
    String.raw`'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|\x60(?:\\[\s\S]|[^\x60\\])*\x60`,
  ].join('|'),
  'g',
);
