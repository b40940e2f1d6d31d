import type { Statement } from './statements.ts';

/** A source file of functions, its imports and exports taken out. */
export interface Module {
  readonly path: string;
  /** The entity that it describes, if it describes one: each entity has its own. */
  readonly entity?: string;
  /** Purpose of the file, in a line. */
  readonly heading: string;
  /** Its statements; in TypeScript, or in Python as they are. */
  readonly statements: readonly Statement[];
  /** Names that it declares at the top level, with the line of each. */
  readonly names: ReadonlyMap<string, number>;
  readonly exports: readonly string[];
  /** Imports from other files of the folder. */
  readonly imports: readonly Import[];
  readonly builtins: readonly Builtin[];
}

/** Names that a file imports from another one of the same folder, and the line of the statement. */
export interface Import {
  /** Name of the other file, without its ending. */
  readonly file: string;
  readonly names: readonly string[];
  readonly line: number;
}

/** A name that a file takes from a module of the runtime. `name` is absent where it takes the whole module. */
export interface Builtin {
  readonly module: string;
  readonly name?: string;
  readonly local: string;
  readonly line: number;
}

/** Returns a key of the import, whatever its line: two builtins of one key are the same. */
export const builtinKey = ({ module, name, local }: Builtin): string => [module, name ?? '*', local].join(' ');

/** Its key in the template's mapping: `JsonText` for json-text.ts and json_text.py, `OrderEntity` for the description of orders. */
export const partName = ({ path, entity = '' }: Pick<Module, 'path' | 'entity'>): string =>
  entity +
  path
    .replace(/^.*\/|\.\w+$/g, '')
    .split(/[-_]/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
