import type { AttributeValue } from '../attribute-values.ts';
import type { Operand, Path } from './nodes.ts';
import { isFunctionCall, isPath, pathText } from './nodes.ts';
import type { References } from './references.ts';
import { ExpressionFault } from './tokens.ts';

/** Collects what is wrong with an expression that can be read. DynamoDB reports one fault, by kind and not by place. */
export class Faults<Kind extends string> {
  readonly #messages = new Map<Kind, string>();

  /** Keeps the first fault of each kind. */
  note(kind: Kind, message: string): void {
    if (!this.#messages.has(kind)) this.#messages.set(kind, message);
  }

  /** The message of the first of these kinds of which there is a fault. */
  first(kinds: readonly Kind[]): string | undefined {
    const kind = kinds.find((one) => this.#messages.has(one));
    return kind === undefined ? undefined : this.#messages.get(kind);
  }

  /** Throws the first of these kinds of which there is a fault. */
  throwFirst(kinds: readonly Kind[]): void {
    const message = this.first(kinds);
    if (message !== undefined) throw new ExpressionFault(message);
  }
}

/** State that parsers of expressions share: the references, and the receivers of faults of names. */
export interface Scope {
  readonly references: References;
  onReserved(message: string): void;
  onUndefined(message: string): void;
}

export const undefinedName = (reference: string): string =>
  `An expression attribute name used in the document path is not defined; attribute name: ${reference}`;

export const undefinedValue = (reference: string): string =>
  `An expression attribute value used in expression is not defined; attribute value: ${reference}`;

export const reservedWord = (name: string): string => `Attribute name is a reserved keyword; reserved keyword: ${name}`;

export const wrongOperandCount = (name: string, count: number): string =>
  `Incorrect number of operands for operator or function; operator or function: ${name}, number of operands: ${count}`;

export const wrongOperandType = (name: string, type: string): string =>
  `Incorrect operand type for operator or function; operator or function: ${name}, operand type: ${type}`;

export const needsPath = (name: string): string =>
  `Operator or function requires a document path; operator or function: ${name}`;

export const sameOperands = (name: string, path: Path): string =>
  `The first operand must be distinct from the remaining operands for this operator or function; operator: ${name}, first operand: ${pathText(path)}`;

export const misusedFunction = (name: string): string =>
  `The function is not allowed to be used this way in an expression; function: ${name}`;

export const redundantParentheses = 'The expression has redundant parentheses;';

/** The type of a value that a request gives; undefined for a path or a function. */
export const valueType = (operand: Operand): string | undefined =>
  isPath(operand) || isFunctionCall(operand) ? undefined : Object.keys(operand as AttributeValue)[0];

/** True if two paths are the same. */
export const isSamePath = (one: Operand | undefined, other: Operand | undefined): boolean =>
  one !== undefined && other !== undefined && isPath(one) && isPath(other) && equalPaths(one, other);

const equalPaths = (one: Path, other: Path): boolean =>
  one.length === other.length && one.every((piece, index) => piece === other[index]);
