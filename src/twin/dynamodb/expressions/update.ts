import type { AttributeValue } from '../attribute-values.ts';
import type { FunctionCall, Operand, Path, PathHeads, UpdateAction } from './nodes.ts';
import { OverlapCheck } from './overlap.ts';
import { checkOperators, Parentheses } from './parentheses.ts';
import { parsePath, startsPath } from './path.ts';
import type { References } from './references.ts';
import { Faults, redundantParentheses, type Scope, undefinedValue } from './scope.ts';
import { TokenReader } from './tokens.ts';
import { checkSetOperand, checkUpdateFunction, resultType, type UpdateFault } from './update-operands.ts';

/**
 * Parses an update expression. Throws an ExpressionFault for a fault that DynamoDB reports before it reads an item. The result
 * has the members that dynalite's own parser returns.
 */
export const parseUpdate = (
  text: string,
  references: References,
): Pick<PathHeads, 'nestedPaths'> & { readonly sections: readonly UpdateAction[]; readonly paths: readonly Path[] } => {
  const parser = new UpdateParser(text, references);
  return parser.parse();
};

class UpdateParser {
  readonly #reader: TokenReader;
  readonly #faults = new Faults<UpdateFault>();
  readonly #overlaps = new OverlapCheck(this.#faults);
  readonly #scope: Scope;
  readonly #parentheses: Parentheses;
  readonly #sections = new Set<string>();
  #operators = 0;

  constructor(text: string, references: References) {
    this.#reader = new TokenReader(text);
    this.#parentheses = new Parentheses(this.#reader, () => this.#faults.note('parens', redundantParentheses));
    this.#scope = {
      references,
      onReserved: (message) => this.#faults.note('reserved', message),
      onUndefined: (message) => this.#faults.note('undefinedName', message),
    };
  }

  parse() {
    const sections: UpdateAction[] = [];
    do sections.push(...this.#section());
    while (this.#reader.next.kind !== 'end');
    checkOperators(this.#operators);
    this.#faults.throwFirst(faultOrder);
    return { sections, paths: this.#overlaps.paths, nestedPaths: this.#overlaps.nestedPaths };
  }

  #section(): UpdateAction[] {
    const keyword = ['SET', 'REMOVE', 'ADD', 'DELETE'].find((one) => this.#reader.acceptKeyword(one)) ?? this.#reader.fail();
    const actions: UpdateAction[] = [];
    do actions.push(this.#action(keyword));
    while (this.#reader.acceptSymbol(','));
    if (this.#sections.has(keyword)) {
      this.#faults.note('section', `The "${keyword}" section can only be used once in an update expression;`);
    }
    this.#sections.add(keyword);
    return actions;
  }

  #action(keyword: string): UpdateAction {
    const path = parsePath(this.#reader, this.#scope);
    if (keyword === 'REMOVE') {
      this.#overlaps.add(path);
      return { type: 'remove', path };
    }
    if (keyword === 'SET') {
      this.#reader.expectSymbol('=');
      const val = this.#sum();
      this.#overlaps.add(path);
      return { type: 'set', path, val, attrType: resultType(val) };
    }
    const val = this.#value();
    this.#overlaps.add(path);
    const type = keyword === 'ADD' ? 'add' : 'delete';
    return { type, path, val, attrType: checkSetOperand(keyword, val, this.#faults) };
  }

  /** Parses an operand, or two operands joined by a plus or a minus. */
  #sum(): Operand {
    const left = this.#operand(true);
    const sign = this.#reader.next.text;
    if (this.#reader.next.kind !== 'symbol' || (sign !== '+' && sign !== '-')) return left;
    this.#reader.take();
    this.#operators += 1;
    const call: FunctionCall = {
      type: sign === '+' ? 'add' : 'subtract',
      name: sign,
      args: [left, this.#operand(true)],
    };
    checkUpdateFunction(call, this.#faults);
    return call;
  }

  /** Parses an operand. `mayAdd` is true where parentheses may contain a sum, which is not allowed inside a function. */
  #operand(mayAdd: boolean): Operand {
    if (this.#reader.isSymbol('(')) return this.#parentheses.group(() => (mayAdd ? this.#sum() : this.#operand(false)));
    if (this.#reader.next.kind === 'value') return this.#value();
    if (startsPath(this.#reader) && this.#reader.next.kind === 'word' && this.#reader.peek(1).text === '(') {
      return this.#function();
    }
    return parsePath(this.#reader, this.#scope);
  }

  #function(): FunctionCall {
    const { text: name } = this.#reader.take();
    this.#reader.expectSymbol('(');
    const args = [this.#operand(false)];
    while (this.#reader.acceptSymbol(',')) args.push(this.#operand(false));
    this.#reader.expectSymbol(')');
    const call: FunctionCall = { type: 'function', name, args };
    checkUpdateFunction(call, this.#faults);
    return call;
  }

  #value(): AttributeValue {
    if (this.#reader.next.kind !== 'value') this.#reader.fail();
    const { text } = this.#reader.take();
    const value = this.#scope.references.value(text);
    if (value === undefined) this.#faults.note('undefinedValue', undefinedValue(text));
    return value ?? {};
  }
}

const faultOrder: readonly UpdateFault[] = [
  'parens',
  'unknownFunction',
  'misusedFunction',
  'reserved',
  'section',
  'undefinedName',
  'undefinedValue',
  'overlap',
  'conflict',
  'operand',
  'function',
];
