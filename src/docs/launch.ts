import { operations } from '../contract/operations.ts';

/*
 * The part of .vscode/launch.json that follows from the contract: a configuration for the debugger of each function, and one for all
 * functions in a language. What else the file has stays as it is.
 */

/** The first port of the debuggers: the default of `items local --inspect`. */
const firstPort = 9229;

interface Named {
  readonly name: string;
  readonly request?: string;
}

interface Launch {
  readonly configurations: readonly Named[];
  readonly compounds?: readonly Named[];
}

const languages = {
  TypeScript: (name: string, port: number) => ({
    name,
    type: 'node',
    request: 'attach',
    address: '127.0.0.1',
    port,
    restart: true,
    timeout: 30_000,
    resolveSourceMapLocations: ['**', '!**/node_modules/**'],
    skipFiles: ['<node_internals>/**', '**/bootstrap/*.mjs'],
  }),
  Python: (name: string, port: number) => ({
    name,
    type: 'debugpy',
    request: 'attach',
    connect: { host: '127.0.0.1', port },
    justMyCode: true,
  }),
} as const satisfies Readonly<Record<string, (name: string, port: number) => Named>>;

/**
 * The text of launch.json with the functions of the contract in it. Replaces all configurations that attach and whose name begins with
 * a language, as in `TypeScript: CreateItem`. Throws a SyntaxError if the text is no JSON.
 */
export const launchFile = (text: string): string => {
  const { configurations, compounds = [], ...rest } = JSON.parse(text) as Launch;
  const own = Object.entries(languages).flatMap(([language, configuration]) =>
    operations.map(({ name }, index) => configuration(`${language}: ${name}`, firstPort + index)),
  );
  const together = Object.keys(languages).map((language) => ({
    name: `${language}: all functions`,
    configurations: own.flatMap(({ name }) => (isOf(language, name) ? [name] : [])),
  }));
  const others = configurations.filter(
    ({ name, request }) => request !== 'attach' || !Object.keys(languages).some((language) => isOf(language, name)),
  );
  return json({
    ...rest,
    configurations: [...others, ...own],
    compounds: [...compounds.filter(({ name }) => !together.some((one) => one.name === name)), ...together],
  });
};

const isOf = (language: string, name: string): boolean => name.startsWith(`${language}: `);

/** Columns of a line, as Biome formats this project. */
const lineWidth = 125;

/** JSON in which a list of scalars stands on one line if it fits, as Biome formats it. */
const json = (value: object): string =>
  `${JSON.stringify(value, undefined, 2)}\n`.replaceAll(
    /^(.*)\[\n([^[\]{}]*?)\n *\](,?)$/gm,
    (all, before, members, after) => {
      const line = `${before}[${members.trim().replaceAll(/\n */g, ' ')}]${after}`;
      return line.length <= lineWidth ? line : all;
    },
  );
