import { redundantParentheses } from './scope.ts';
import { ExpressionFault, type TokenReader } from './tokens.ts';

/** DynamoDB's limit of operators in an expression. */
export const maxOperators = 300;

/** Reads parentheses. DynamoDB rejects a redundant pair: one that contains only another pair. */
export class Parentheses {
  readonly #reader: TokenReader;
  readonly #onRedundant: () => void;
  #last: readonly [opened: number, closed: number] = [-1, -1];
  #depth = 0;

  constructor(reader: TokenReader, onRedundant: () => void) {
    this.#reader = reader;
    this.#onRedundant = onRedundant;
  }

  /** Reads a pair of parentheses; `parseInner` reads its content. */
  group<Inner>(parseInner: () => Inner): Inner {
    const opened = this.#reader.position;
    this.#reader.expectSymbol('(');
    this.#depth += 1;
    // Each level that is not redundant needs an operator or one of its operands. More levels than this are redundant, and would
    // overflow the stack.
    if (this.#depth > 2 * maxOperators + 1) throw new ExpressionFault(redundantParentheses);
    const inner = parseInner();
    this.#depth -= 1;
    const closed = this.#reader.position;
    this.#reader.expectSymbol(')');
    const [innerOpened, innerClosed] = this.#last;
    if (innerOpened === opened + 1 && innerClosed === closed - 1) this.#onRedundant();
    this.#last = [opened, closed];
    return inner;
  }
}

/** Throws an ExpressionFault for more than 300 operators. */
export const checkOperators = (count: number): void => {
  if (count > maxOperators)
    throw new ExpressionFault(`The expression contains too many operators; operator count: ${maxOperators + 1}`);
};
