import { checkComparison, checkFunction, isComparator, type LocalFault } from './condition-operands.ts';
import {
  type Comparison,
  type Condition,
  type FunctionCall,
  isFunctionCall,
  type Operand,
  type PathHeads,
} from './nodes.ts';
import { checkOperators, Parentheses } from './parentheses.ts';
import { parsePath, startsPath } from './path.ts';
import type { References } from './references.ts';
import { Faults, misusedFunction, redundantParentheses, type Scope, undefinedValue } from './scope.ts';
import { TokenReader } from './tokens.ts';

/**
 * Parses a condition, filter or key condition expression in linear time. Throws an ExpressionFault for a fault that DynamoDB
 * reports before it reads an item. The result has the members that dynalite's own parser returns.
 */
export const parseCondition = (text: string, references: References): PathHeads & { readonly expression: Condition } => {
  const parser = new ConditionParser(text, references);
  return parser.parse();
};

type GlobalFault = 'parens' | 'unknownFunction' | 'misusedFunction' | 'reserved' | 'condition';

/** A condition, or an operand that becomes part of a condition if a comparator follows. */
type Parsed = { readonly condition: Condition } | { readonly operand: Operand };

class ConditionParser {
  readonly #reader: TokenReader;
  readonly #faults = new Faults<GlobalFault>();
  readonly #nestedPaths: Record<string, true> = Object.create(null);
  readonly #pathHeads: Record<string, true> = Object.create(null);
  readonly #scope: Scope;
  readonly #parentheses: Parentheses;
  #local = new Faults<LocalFault>();
  #operators = 0;

  constructor(text: string, references: References) {
    this.#reader = new TokenReader(text);
    this.#parentheses = new Parentheses(this.#reader, () => this.#faults.note('parens', redundantParentheses));
    this.#scope = {
      references,
      onReserved: (message) => this.#faults.note('reserved', message),
      onUndefined: (message) => this.#local.note('undefined', message),
    };
  }

  parse(): PathHeads & { readonly expression: Condition } {
    const expression = this.#asCondition(this.#or());
    this.#reader.expectEnd();
    checkOperators(this.#operators);
    this.#faults.throwFirst(['parens', 'unknownFunction', 'misusedFunction', 'reserved', 'condition']);
    return { expression, nestedPaths: this.#nestedPaths, pathHeads: this.#pathHeads };
  }

  #or(): Parsed {
    return this.#chain('or', () => this.#chain('and', () => this.#not()));
  }

  /** Parses operands that one operator joins, from left to right. */
  #chain(type: 'and' | 'or', parseOperand: () => Parsed): Parsed {
    let left = parseOperand();
    while (this.#reader.isKeyword(type === 'and' ? 'AND' : 'OR')) {
      const first = this.#asCondition(left);
      this.#reader.take();
      this.#operators += 1;
      left = { condition: { type, args: [first, this.#asCondition(parseOperand())] } };
    }
    return left;
  }

  #not(): Parsed {
    let negations = 0;
    while (this.#reader.acceptKeyword('NOT')) negations += 1;
    this.#operators += negations;
    const parsed = this.#comparison();
    if (negations === 0) return parsed;
    let condition = this.#asCondition(parsed);
    for (; negations > 0; negations -= 1) condition = { type: 'not', args: [condition] };
    return { condition };
  }

  #comparison(): Parsed {
    const left = this.#primary();
    if ('condition' in left) return left;
    const { kind, text } = this.#reader.next;
    if (kind === 'symbol' && isComparator(text)) {
      this.#reader.take();
      return this.#compared({ type: text, args: [left.operand, this.#operand()] });
    }
    if (this.#reader.acceptKeyword('BETWEEN')) {
      const lower = this.#operand();
      this.#reader.expectKeyword('AND');
      return this.#compared({ type: 'between', args: [left.operand, lower, this.#operand()] });
    }
    if (this.#reader.acceptKeyword('IN')) {
      this.#reader.expectSymbol('(');
      return this.#compared({ type: 'in', args: [left.operand, ...this.#operands()] });
    }
    return left;
  }

  /** Parses an operand, or a condition or an operand in parentheses. */
  #primary(): Parsed {
    return this.#reader.isSymbol('(') ? this.#parentheses.group(() => this.#or()) : { operand: this.#operand() };
  }

  #operand(): Operand {
    if (this.#reader.isSymbol('(')) return this.#parentheses.group(() => this.#operand());
    if (this.#reader.next.kind === 'value') return this.#value();
    if (startsPath(this.#reader) && this.#reader.next.kind === 'word' && this.#reader.peek(1).text === '(') {
      return this.#function();
    }
    const path = parsePath(this.#reader, this.#scope);
    if (path.length > 1) this.#nestedPaths[path[0]] = true;
    this.#pathHeads[path[0]] = true;
    return path;
  }

  #value(): Operand {
    const { text } = this.#reader.take();
    const value = this.#scope.references.value(text);
    if (value === undefined) this.#scope.onUndefined(undefinedValue(text));
    return value ?? {};
  }

  #function(): FunctionCall {
    const { text: name } = this.#reader.take();
    this.#reader.expectSymbol('(');
    const call: FunctionCall = { type: 'function', name, args: this.#operands() };
    this.#noteMisuse(call.args);
    const unknown = checkFunction(call, this.#local);
    if (unknown !== undefined) this.#faults.note('unknownFunction', unknown);
    return call;
  }

  /** Parses operands up to the closing parenthesis. */
  #operands(): Operand[] {
    const operands = [this.#operand()];
    while (this.#reader.acceptSymbol(',')) operands.push(this.#operand());
    this.#reader.expectSymbol(')');
    return operands;
  }

  #compared(comparison: Comparison): Parsed {
    this.#operators += 1;
    this.#noteMisuse(comparison.args);
    checkComparison(comparison, this.#local);
    this.#closeLocal();
    return { condition: comparison };
  }

  /** Functions other than size are conditions, and not allowed as operands. */
  #noteMisuse(operands: readonly Operand[]): void {
    const misused = operands.find((operand) => isFunctionCall(operand) && operand.name !== 'size');
    if (misused !== undefined) this.#faults.note('misusedFunction', misusedFunction((misused as FunctionCall).name));
  }

  #asCondition(parsed: Parsed): Condition {
    if ('condition' in parsed) return parsed.condition;
    if (!isFunctionCall(parsed.operand)) this.#reader.fail();
    if (parsed.operand.name === 'size') this.#faults.note('misusedFunction', misusedFunction('size'));
    this.#closeLocal();
    return parsed.operand;
  }

  /** Keeps one fault: that of the first comparison or function that has one. If it has several, their kind decides. */
  #closeLocal(): void {
    const message = this.#local.first(['undefined', 'operand', 'distinct', 'function']);
    if (message !== undefined) this.#faults.note('condition', message);
    this.#local = new Faults();
  }
}
