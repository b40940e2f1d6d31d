import type { Statement } from './statements.ts';

/** A source file of functions, without its imports and exports. */
export interface Module {
  readonly path: string;
  /** The entity that the file describes, if any. Each entity has its own file. */
  readonly entity?: string;
  /** Purpose of the file, in one line. */
  readonly heading: string;
  /** Its statements, in TypeScript or Python, unchanged. */
  readonly statements: readonly Statement[];
  /** Names that the file declares at the top level, with the line of each. */
  readonly names: ReadonlyMap<string, number>;
  readonly exports: readonly string[];
  /** Imports from other files of the folder. */
  readonly imports: readonly Import[];
  readonly builtins: readonly Builtin[];
}

/** Names that a file imports from another file of the same folder, and the line of the statement. */
export interface Import {
  /** Name of the other file, without its extension. */
  readonly file: string;
  readonly names: readonly string[];
  readonly line: number;
}

/** A name that a file imports from a module of the runtime. `name` is absent if it imports the whole module. */
export interface Builtin {
  readonly module: string;
  readonly name?: string;
  readonly local: string;
  readonly line: number;
}

/** Returns a key of the import without its line: builtins with the same key are the same import. */
export const builtinKey = ({ module, name, local }: Builtin): string => [module, name ?? '*', local].join(' ');

/**
 * Returns the key of the file in the template's mapping: `JsonText` for json-text.ts and json_text.py, `OrderEntity` for the
 * description of orders.
 */
export const partName = ({ path, entity = '' }: Pick<Module, 'path' | 'entity'>): string =>
  entity +
  path
    .replace(/^.*\/|\.\w+$/g, '')
    .split(/[-_]/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
