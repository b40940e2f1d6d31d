import type { AttributeValue } from '../attribute-values.ts';

/** Document path in an item: the name of an attribute, then names of map members and indexes of list elements. */
export type Path = readonly [string, ...(string | number)[]];

/** A function or an arithmetic operator of an update, with its operands. */
export interface FunctionCall {
  readonly type: 'function' | 'add' | 'subtract';
  readonly name: string;
  readonly args: readonly Operand[];
}

export type Operand = Path | FunctionCall | AttributeValue;

export type Comparator = '=' | '<>' | '<' | '<=' | '>' | '>=';

/** A comparison. `between` and `in` compare the first operand with the others. */
export interface Comparison {
  readonly type: Comparator | 'between' | 'in';
  readonly args: readonly Operand[];
}

/** A condition, in the form in which dynalite reads key conditions. */
export type Condition =
  | { readonly type: 'and' | 'or' | 'not'; readonly args: readonly Condition[] }
  | Comparison
  | FunctionCall;

/** One action of an update expression. */
export type UpdateAction =
  | { readonly type: 'set'; readonly path: Path; readonly val: Operand; readonly attrType: string | undefined }
  | { readonly type: 'remove'; readonly path: Path }
  | { readonly type: 'add' | 'delete'; readonly path: Path; readonly val: AttributeValue; readonly attrType: string };

/** Attributes by name: those of which an expression names members or elements, and all that it names. */
export interface PathHeads {
  readonly nestedPaths: Readonly<Record<string, true>>;
  readonly pathHeads: Readonly<Record<string, true>>;
}

export const isPath = (operand: Operand): operand is Path => Array.isArray(operand);

export const isFunctionCall = (operand: Operand): operand is FunctionCall =>
  !isPath(operand) && typeof operand.type === 'string' && Array.isArray(operand.args);

/** Returns a path as it stands in DynamoDB's messages: `[a, [0], b]`. */
export const pathText = (path: Path): string =>
  `[${path.map((piece) => (typeof piece === 'number' ? `[${piece}]` : piece)).join(', ')}]`;
