import { isObject, type Json } from '../src/cloudformation/json.ts';

type Reference = { readonly Ref: string } | { readonly 'Fn::GetAtt': readonly [string, string] };

/** First of the private-use characters of plane 15, which no template contains. */
const first = 0xf0000;

/**
 * Carries references through an evaluation that only knows text: each is one character, which can be joined to other text
 * and which no delimiter splits, until `restore` writes it as a reference again.
 */
export class References {
  readonly #references: Reference[] = [];

  /** The text that stands for a reference. */
  mark(reference: Reference): string {
    return String.fromCodePoint(first + this.#references.push(reference) - 1);
  }

  /** The value with each mark as `Ref` or `Fn::GetAtt` again, or within `Fn::Sub` where other text is around it. */
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
