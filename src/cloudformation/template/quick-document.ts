import { EVENT_ID, type Event, getScalarValue, parseEvents, SCALAR_STYLE, type ScalarEvent } from 'js-yaml';
import type { Json } from '../json.ts';
import { isShortForm, longForm } from './short-forms.ts';

/** The values of a template, with the offsets of objects, lists and keys. */
export interface QuickDocument {
  readonly root: Json;
  readonly offsets: WeakMap<object, Offsets>;
}

export interface Offsets {
  readonly own: number;
  readonly keys?: ReadonlyMap<string, number>;
}

/**
 * Parses a template without faults in a tenth of the time of the full reader. Returns undefined for any other template: the full
 * reader then decides whether there are faults, and reports all of them. `resolve` is the full reader's function for a plain
 * scalar that may not be a string. Throws a RangeError for more than `maxDepth` levels.
 */
export const quickDocument = (text: string, resolve: (plain: string) => Json): QuickDocument | undefined => {
  try {
    const reader = new QuickReader(text, parseEvents(text, { maxDepth: maxDepth + 2 }), resolve);
    return { root: reader.root(), offsets: reader.offsets };
  } catch (error) {
    // The full reader would take seconds to reach the same result.
    if (error instanceof RangeError || /nesting exceeded/.test((error as Error).message)) throw new RangeError('too deep');
    return undefined;
  }
};

/** Maximum number of nested maps and lists. Parts of the twin process templates recursively, and the stack is limited. */
export const maxDepth = 200;

/** Thrown for a construct that the full reader must decide on. */
class Undecided extends Error {}

class QuickReader {
  readonly #text: string;
  readonly #events: readonly Event[];
  readonly #resolve: (plain: string) => Json;
  #next = 0;
  readonly offsets = new WeakMap<object, Offsets>();

  constructor(text: string, events: readonly Event[], resolve: (plain: string) => Json) {
    this.#text = text;
    this.#events = events;
    this.#resolve = resolve;
  }

  root(): Json {
    const document = this.#take();
    if (document?.type !== EVENT_ID.DOCUMENT || document.directives.length > 0) throw new Undecided();
    const value = this.#value();
    if (this.#take()?.type !== EVENT_ID.POP || this.#take() !== undefined) throw new Undecided();
    return value;
  }

  #take(): Event | undefined {
    return this.#events[this.#next++];
  }

  #value(): Json {
    const event = this.#take();
    if (event === undefined || event.type === EVENT_ID.DOCUMENT || event.type === EVENT_ID.POP) throw new Undecided();
    if (event.anchorStart >= 0 || event.type === EVENT_ID.ALIAS) throw new Undecided();
    const own = event.type === EVENT_ID.SCALAR ? beginning(event) : event.start;
    const plain = this.#untagged(event, own);
    if (event.tagStart < 0) return plain;
    const tag = this.#text.slice(event.tagStart, event.tagEnd);
    if (!isShortForm(tag)) throw new Undecided();
    const long = longForm(tag, plain);
    this.offsets.set(long, { own, keys: new Map(Object.keys(long).map((key) => [key, own])) });
    return long;
  }

  #untagged(event: Event, own: number): Json {
    if (event.type === EVENT_ID.SCALAR) return event.tagStart < 0 ? this.#scalar(event) : getScalarValue(this.#text, event);
    const value = event.type === EVENT_ID.SEQUENCE ? this.#list(own) : this.#map(own);
    this.#next++;
    return value;
  }

  #list(own: number): Json {
    const list: Json[] = [];
    while (!this.#isAtEnd()) list.push(this.#value());
    this.offsets.set(list, { own });
    return list;
  }

  #map(own: number): Json {
    const entries = new Map<string, Json>();
    const keys = new Map<string, number>();
    while (!this.#isAtEnd()) {
      const event = this.#take();
      if (event?.type !== EVENT_ID.SCALAR || event.tagStart >= 0 || event.anchorStart >= 0) throw new Undecided();
      const key = getScalarValue(this.#text, event);
      if (key === '' || key === '<<' || keys.has(key)) throw new Undecided();
      keys.set(key, event.valueStart);
      entries.set(key, this.#value());
    }
    const object = Object.fromEntries(entries);
    this.offsets.set(object, { own, keys });
    return object;
  }

  #isAtEnd(): boolean {
    return this.#events[this.#next]?.type === EVENT_ID.POP;
  }

  #scalar(event: ScalarEvent): Json {
    const value = getScalarValue(this.#text, event);
    return event.style === SCALAR_STYLE.PLAIN ? (undoubted(value) ?? this.#resolve(value)) : value;
  }
}

/** Returns the offset of a scalar. The text of a block begins on the line after its tag. */
const beginning = ({ style, tagStart, valueStart }: ScalarEvent): number =>
  tagStart >= 0 && (style === SCALAR_STYLE.LITERAL_BLOCK || style === SCALAR_STYLE.FOLDED_BLOCK) ? tagStart : valueStart;

/** Returns the value of a scalar that is unambiguous in YAML 1.1. Returns undefined for any other. */
const undoubted = (plain: string): Json | undefined => {
  if (plain === 'true' || plain === 'false') return plain === 'true';
  if (textForms.some((form) => form.test(plain))) return plain;
  return /^(?:0|[1-9]\d{0,9})(?:\.\d{0,4}[1-9])?$/.test(plain) ? Number(plain) : undefined;
};

const textForms: readonly RegExp[] = [
  // Begins with a letter and is not a word for a boolean or null.
  /^(?!(?:y|n|yes|no|on|off|true|false|null)$)[a-z]/i,
  // Contains a character that no number, time, boolean or null contains.
  /[/^(@]/,
  /^\d.*[g-np-suvwy]/i,
  // Hexadecimal digits, such as a hash. With e alone, it may be a number.
  /^[0-9a-f]*[a-df][0-9a-f]*$/i,
  // A version number.
  /^\d+(?:\.\d+){2,}$/,
];
