import type { AttributeValue } from '../attribute-values.ts';

/** Document path in an item: the name of an attribute, then names of members and indexes of list elements. */
export type Path = readonly [string, ...(string | number)[]];

/** A function, or an arithmetic operator of an update, and its operands. */
export interface FunctionCall {
  readonly type: 'function' | 'add' | 'subtract';
  readonly name: string;
  readonly args: readonly Operand[];
}

export type Operand = Path | FunctionCall | AttributeValue;

export type Comparator = '=' | '<>' | '<' | '<=' | '>' | '>=';

/** A comparison. The first operand of `between` and `in` is the one that is compared. */
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

/** Attributes of which an expression names members or elements, and all that it names. */
export interface PathHeads {
  readonly nestedPaths: Readonly<Record<string, true>>;
  readonly pathHeads: Readonly<Record<string, true>>;
}

export const isPath = (operand: Operand): operand is Path => Array.isArray(operand);

export const isFunctionCall = (operand: Operand): operand is FunctionCall =>
  !isPath(operand) && typeof operand.type === 'string' && Array.isArray(operand.args);

/** A path as DynamoDB's messages show it: `[a, [0], b]`. */
export const pathText = (path: Path): string =>
  `[${path.map((piece) => (typeof piece === 'number' ? `[${piece}]` : piece)).join(', ')}]`;
