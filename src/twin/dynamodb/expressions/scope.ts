import type { AttributeValue } from '../attribute-values.ts';
import type { Operand, Path } from './nodes.ts';
import { isFunctionCall, isPath, pathText } from './nodes.ts';
import type { References } from './references.ts';
import { ExpressionFault } from './tokens.ts';

/**
 * Collects the faults of an expression whose syntax is valid. DynamoDB reports one of them, chosen by kind and not by position.
 */
export class Faults<Kind extends string> {
  readonly #messages = new Map<Kind, string>();

  /** Records a fault. Only the first of each kind is kept. */
  note(kind: Kind, message: string): void {
    if (!this.#messages.has(kind)) this.#messages.set(kind, message);
  }

  /** Returns the message of the first of these kinds that has a fault, or undefined. */
  first(kinds: readonly Kind[]): string | undefined {
    const kind = kinds.find((one) => this.#messages.has(one));
    return kind === undefined ? undefined : this.#messages.get(kind);
  }

  /** Throws the fault of the first of these kinds that has one. */
  throwFirst(kinds: readonly Kind[]): void {
    const message = this.first(kinds);
    if (message !== undefined) throw new ExpressionFault(message);
  }
}

/** State that parsers of expressions share: the references, and the functions that receive faults of names. */
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

/** Returns the type of a value of the request. Undefined for a path or a function. */
export const valueType = (operand: Operand): string | undefined =>
  isPath(operand) || isFunctionCall(operand) ? undefined : Object.keys(operand as AttributeValue)[0];

/** Returns true if both operands are paths and equal. */
export const isSamePath = (one: Operand | undefined, other: Operand | undefined): boolean =>
  one !== undefined && other !== undefined && isPath(one) && isPath(other) && equalPaths(one, other);

const equalPaths = (one: Path, other: Path): boolean =>
  one.length === other.length && one.every((piece, index) => piece === other[index]);
