/** An expression that DynamoDB rejects. The message is the part after `Invalid ConditionExpression: ` or a similar start. */
export class ExpressionFault extends Error {}

/** A token of an expression. Keywords have the kind `word`. A token of the kind `end` follows the last one. */
export interface Token {
  readonly kind: 'word' | 'name' | 'value' | 'number' | 'symbol' | 'end';
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Reads the tokens of an expression in order, with DynamoDB's rules: a word begins with a letter; a number of several digits does
 * not begin with 0; `#` and `:` are followed by at least one character. Any other character is a symbol of its own, which no rule
 * accepts.
 */
export class TokenReader {
  readonly #text: string;
  readonly #tokens: readonly Token[];
  #position = 0;

  constructor(text: string) {
    this.#text = text;
    this.#tokens = tokensOf(text);
  }

  /** Returns the next token without reading it. */
  get next(): Token {
    return this.#tokens[Math.min(this.#position, this.#tokens.length - 1)] as Token;
  }

  /** Number of tokens that have been read. */
  get position(): number {
    return this.#position;
  }

  /** Reads the next token. */
  take(): Token {
    const token = this.next;
    this.#position += 1;
    return token;
  }

  /** Returns the token `ahead` places after the next one, without reading it. */
  peek(ahead: number): Token {
    return this.#tokens[Math.min(this.#position + ahead, this.#tokens.length - 1)] as Token;
  }

  isSymbol(text: string): boolean {
    return this.next.kind === 'symbol' && this.next.text === text;
  }

  /** Returns true if the token is the keyword, in any case. `keyword` is in capitals. */
  isKeyword(keyword: string, { kind, text } = this.next): boolean {
    return kind === 'word' && text.length === keyword.length && text.toUpperCase() === keyword;
  }

  /** Reads the symbol if it is next. Returns true if it was. */
  acceptSymbol(text: string): boolean {
    if (!this.isSymbol(text)) return false;
    this.#position += 1;
    return true;
  }

  /** Reads the keyword if it is next. Returns true if it was. */
  acceptKeyword(keyword: string): boolean {
    if (!this.isKeyword(keyword)) return false;
    this.#position += 1;
    return true;
  }

  expectSymbol(text: string): void {
    if (!this.acceptSymbol(text)) this.fail();
  }

  expectKeyword(keyword: string): void {
    if (!this.acceptKeyword(keyword)) this.fail();
  }

  expectEnd(): void {
    if (this.next.kind !== 'end') this.fail();
  }

  /** Throws the syntax error for the next token. DynamoDB shows the text from the token before it to the token after it. */
  fail(): never {
    const position = Math.min(this.#position, this.#tokens.length - 1);
    const token = this.#tokens[position] as Token;
    const from = (this.#tokens[position - 1] ?? token).start;
    const to = (this.#tokens[position + 1] ?? token).end;
    const near = this.#text.slice(from, token.kind === 'end' ? this.#text.length : to);
    const shown = token.kind === 'end' ? '<EOF>' : token.text;
    throw new ExpressionFault(`Syntax error; token: "${shown}", near: "${near}"`);
  }
}

const tokensOf = (text: string): Token[] => {
  const tokens: Token[] = [];
  let end = 0;
  for (const { 0: found, index, groups } of text.matchAll(pattern)) {
    if (groups?.space !== undefined) continue;
    const kind = (Object.keys(groups ?? {}).find((name) => groups?.[name] !== undefined) ?? 'symbol') as Token['kind'];
    end = index + found.length;
    tokens.push({ kind, text: found, start: index, end });
  }
  tokens.push({ kind: 'end', text: '', start: end, end: text.length });
  return tokens;
};

const pattern =
  /(?<space>[ \t\r\n]+)|(?<word>[A-Za-z][A-Za-z0-9_]*)|(?<name>#[A-Za-z0-9_]+)|(?<value>:[A-Za-z0-9_]+)|(?<number>0|[1-9][0-9]*)|(?<symbol><>|<=|>=|.)/gsu;
