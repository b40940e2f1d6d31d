// Reads JSON from left to right, without rounding a number.

/** A number as it is written: a double would round it. */
export class JsonNumber {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type Json = null | boolean | string | JsonNumber | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [name: string]: Json;
}

/** Characters of a string up to a quote, a backslash or a control character, which is not allowed. */
const plainPattern = /[ !#-[\]-\uffff]*/y;

/** An escape that JSON.stringify would write in another way, such as `\u0041`. */
const otherEscapePattern = /\\[^"\\bfnrt]/;

const numberPattern = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/**
 * Reads JSON (RFC 8259) from left to right. Each method reads one thing and throws a SyntaxError if the
 * text has something else there.
 *
 * JSON.parse would round numbers, and V8 has a fault in it: once any text had a name that ends with a
 * backslash, later names with an escape can be taken for that one
 * (https://github.com/nodejs/node/issues/63785). The name of a query parameter is enough, as Lambda's
 * runtime parses each event with JSON.parse, and it works across requests. A string alone is parsed
 * correctly.
 */
export class JsonReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Reads any value. */
  value(): Json {
    switch (this.#next()) {
      case '"':
        return this.string();
      case '{': {
        const object: Record<string, Json> = {};
        this.object((name) => setMember(object, name, this.value()));
        return object;
      }
      case '[': {
        const elements: Json[] = [];
        this.list('[', ']', () => elements.push(this.value()));
        return elements;
      }
      case 't':
        return this.#word('true', true);
      case 'f':
        return this.#word('false', false);
      case 'n':
        return this.#word('null', null);
      default:
        return this.#number();
    }
  }

  /**
   * Reads an object. `member` gets each name and has to read its value. As with `list`, it can stop the
   * reading.
   */
  object(member: (name: string) => unknown): boolean {
    return this.list('{', '}', () => {
      const name = this.string();
      this.take(':');
      return member(name);
    });
  }

  /**
   * Reads a list between brackets or braces. `entry` has to read each entry. If it returns false, nothing
   * more is read, and false is returned.
   */
  list(open: string, close: string, entry: () => unknown): boolean {
    this.take(open);
    if (this.#next() === close) {
      this.#at++;
      return true;
    }
    for (;;) {
      if (entry() === false) return false;
      const next = this.#next();
      this.#at++;
      if (next === close) return true;
      if (next !== ',') throw this.#unexpected();
    }
  }

  /** Reads a string and returns its characters. */
  string(): string {
    const literal = this.#literal();
    return literal.includes('\\') ? JSON.parse(literal) : literal.slice(1, -1);
  }

  /** Reads a string and returns it as JSON.stringify writes it, quotes included. */
  stringAsJson(): string {
    const literal = this.#literal();
    return otherEscapePattern.test(literal) ? JSON.stringify(JSON.parse(literal)) : literal;
  }

  /** Reads a token such as `{`. */
  take(token: string): void {
    if (this.#next() !== token) throw this.#unexpected();
    this.#at++;
  }

  /** Reads the end of the text. */
  end(): void {
    if (this.#next() !== undefined) throw this.#unexpected();
  }

  /** The next character that is not white space; undefined at the end. It is not read yet. */
  #next(): string | undefined {
    while (isSpace(this.#text.charCodeAt(this.#at))) this.#at++;
    return this.#text[this.#at];
  }

  /** Reads a string and returns it as it is written, quotes and escapes included. */
  #literal(): string {
    if (this.#next() !== '"') throw this.#unexpected();
    const start = this.#at++;
    for (;;) {
      plainPattern.lastIndex = this.#at;
      plainPattern.test(this.#text);
      const end = this.#text[plainPattern.lastIndex];
      this.#at = plainPattern.lastIndex + 1;
      if (end === '"') return this.#text.slice(start, this.#at);
      if (end !== '\\') throw this.#unexpected();
      // An escaped quote does not end the string.
      this.#at++;
    }
  }

  #number(): JsonNumber {
    numberPattern.lastIndex = this.#at;
    if (!numberPattern.test(this.#text)) throw this.#unexpected();
    const start = this.#at;
    this.#at = numberPattern.lastIndex;
    return new JsonNumber(this.#text.slice(start, this.#at));
  }

  #word<Value>(word: string, value: Value): Value {
    if (!this.#text.startsWith(word, this.#at)) throw this.#unexpected();
    this.#at += word.length;
    return value;
  }

  #unexpected(): SyntaxError {
    return new SyntaxError(`Unexpected JSON at position ${this.#at}`);
  }
}

const isSpace = (code: number): boolean =>
  code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;

/** Sets a member of an object. An assignment to `__proto__` would set its prototype. */
export const setMember = <Value>(object: Record<string, Value>, name: string, value: Value): void => {
  if (name === '__proto__') {
    Object.defineProperty(object, name, { value, configurable: true, enumerable: true, writable: true });
  } else {
    object[name] = value;
  }
};

/** Parses JSON text. Throws a SyntaxError, or a RangeError where nesting exhausts the stack. */
export const parseJson = (text: string): Json => {
  const reader = new JsonReader(text);
  const value = reader.value();
  reader.end();
  return value;
};
