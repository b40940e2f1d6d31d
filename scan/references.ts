import { isObject, type Json } from '../src/cloudformation/json.ts';

type Reference = { readonly Ref: string } | { readonly 'Fn::GetAtt': readonly [string, string] };

/** The first private-use character of plane 15. No template contains such characters. */
const first = 0xf0000;

/**
 * Passes references through an evaluation that supports only text. Each reference is one character, which can be joined with
 * other text and which no delimiter splits. `restore` converts it back to a reference.
 */
export class References {
  readonly #references: Reference[] = [];

  /** Returns the text that represents a reference. */
  mark(reference: Reference): string {
    return String.fromCodePoint(first + this.#references.push(reference) - 1);
  }

  /** Returns the value with each mark replaced by `Ref` or `Fn::GetAtt`, or within `Fn::Sub` if it is part of other text. */
  restore(value: Json): Json {
    if (typeof value === 'string') return this.#restoreText(value);
    if (Array.isArray(value)) return value.map((item: Json) => this.restore(item));
    if (!isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.restore(item)]));
  }

  #restoreText(text: string): Json {
    const parts = [...text.matchAll(/[\u{f0000}-\u{ffffd}]|[^\u{f0000}-\u{ffffd}]+/gu)].map(([part]) => ({
      part,
      reference: this.#references[(part.codePointAt(0) ?? 0) - first],
    }));
    const [only] = parts;
    if (parts.length === 1 && only?.reference) return only.reference;
    if (parts.every(({ reference }) => !reference)) return text;
    const joined = parts.map(({ part, reference }) =>
      reference ? `\${${nameOf(reference)}}` : part.replaceAll('${', '${!'),
    );
    return { 'Fn::Sub': joined.join('') };
  }
}

const nameOf = (reference: Reference): string => ('Ref' in reference ? reference.Ref : reference['Fn::GetAtt'].join('.'));
