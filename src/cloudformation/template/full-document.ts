import { createRequire } from 'node:module';
import type { Document, LineCounter, Node, Pair, Scalar, ScalarTag } from 'yaml';
import { didYouMean } from '../../text/nearest.ts';
import { FaultCollector } from '../errors.ts';
import type { Json, JsonObject } from '../json.ts';
import type { Offsets } from './quick-document.ts';
import { isShortForm, longForm, shortForms, shortFormTags } from './short-forms.ts';
import { type SourceDocument, withLines } from './source-document.ts';

/** One syntax error causes others, and a file that is not YAML has one in nearly every line. */
const shownSyntaxErrors = 3;

/** Tags of YAML 1.1 that CloudFormation does not support (User Guide, "CloudFormation template formats"). */
const unsupportedTags = ['binary', 'merge', 'omap', 'pairs', 'set', 'timestamp'].map((name) => `tag:yaml.org,2002:${name}`);

/**
 * Most plain scalars begin with a letter and are not among the words of YAML 1.1 for booleans and null, so they are strings. The
 * reader tries tags in order. With this tag first, most scalars need none of a dozen other tests.
 */
const word: ScalarTag = {
  tag: 'tag:yaml.org,2002:str',
  default: true,
  test: /^(?!(?:y|n|yes|no|on|off|true|false|null)$)[a-z]/i,
  resolve: (text) => text,
};

/** Loaded on demand: loading takes longer than reading most templates. */
const yaml = () => createRequire(import.meta.url)('yaml') as typeof import('yaml');

/** Parses any template. Throws one LocalError with all faults, each with its line. */
export const fullDocument = (text: string): SourceDocument => {
  const { LineCounter, parseDocument } = yaml();
  const lineCounter = new LineCounter();
  const document = parseDocument(text, {
    version: '1.1',
    lineCounter,
    prettyErrors: false,
    uniqueKeys: false,
    customTags: (tags) => [
      word,
      ...tags.filter((tag) => typeof tag === 'string' || !unsupportedTags.includes(tag.tag)),
      ...shortFormTags,
    ],
  });
  return new Reader(lineCounter).read(document);
};

/** Converts nodes to JSON and records their offsets. Lines are computed only when they are requested. */
class Reader {
  readonly #lineCounter: LineCounter;
  readonly #yaml = yaml();
  readonly #faults = new FaultCollector();
  readonly #offsets = new WeakMap<object, Offsets>();
  readonly #warnings: string[] = [];

  constructor(lineCounter: LineCounter) {
    this.#lineCounter = lineCounter;
  }

  read(document: Document): SourceDocument {
    // The YAML parser reports a stack overflow as a syntax error.
    const exhausted = document.errors.find(({ message }) => message.startsWith('Maximum call stack size exceeded'));
    if (exhausted) throw new RangeError(exhausted.message);
    for (const error of document.errors.slice(0, shownSyntaxErrors)) {
      this.#fault(error.pos[0], `${error.message.replace(/\.$/, '')}: correct the YAML or JSON syntax`);
    }
    const more = document.errors.length - shownSyntaxErrors;
    if (more > 0) this.#faults.add('INVALID_TEMPLATE', `and ${more} more`);
    this.#faults.throwIfAny();
    const root = document.contents ? this.#value(document.contents as Node) : null;
    this.#faults.throwIfAny();
    return withLines({ root, offsets: this.#offsets }, (offset) => this.#lineAt(offset), this.#warnings);
  }

  #value(node: Node | null): Json {
    if (node === null) return null;
    const plain = this.#untagged(node);
    const tag = node.tag;
    if (!tag?.startsWith('!')) {
      if (tag && unsupportedTags.includes(tag)) {
        this.#fault(start(node), `CloudFormation does not support the YAML tag ${tag}: remove it`);
      }
      return plain;
    }
    if (!isShortForm(tag)) {
      const remedy = didYouMean(tag, shortForms()) || ': correct its name';
      this.#fault(start(node), `${tag} is not an intrinsic function of CloudFormation${remedy}`);
      return plain;
    }
    const long = longForm(tag, plain);
    const own = start(node);
    this.#offsets.set(long, { own, keys: new Map(Object.keys(long).map((key) => [key, own])) });
    return long;
  }

  #untagged(node: Node): Json {
    if (this.#yaml.isScalar(node)) return scalarValue(node);
    if (this.#yaml.isAlias(node)) {
      this.#fault(start(node), `CloudFormation does not support YAML aliases: write the value of *${node.source} out`);
      return null;
    }
    return this.#yaml.isMap<Node, Node | null>(node)
      ? this.#map(node.items, node)
      : this.#list(node as Node & { items: (Node | null)[] });
  }

  #list(node: Node & { items: (Node | null)[] }): Json {
    const list = node.items.map((item) => this.#value(item));
    this.#offsets.set(list, { own: start(node) });
    return list;
  }

  #map(pairs: readonly Pair<Node, Node | null>[], node: Node): JsonObject {
    const entries = new Map<string, Json>();
    const keys = new Map<string, number>();
    for (const { key: keyNode, value } of pairs) {
      const offset = start(keyNode);
      if (!this.#yaml.isScalar(keyNode) || keyNode.tag?.startsWith('!')) {
        this.#fault(offset, 'a key must be a plain string');
        continue;
      }
      const key = keyNode.source ?? String(keyNode.value);
      if (key === '<<' && this.#yaml.isAlias(value)) {
        this.#fault(offset, 'CloudFormation does not support YAML merge keys: write the values out');
        continue;
      }
      const earlier = keys.get(key);
      if (earlier !== undefined) {
        // CloudFormation accepts the template and uses the last value.
        this.#warnings.push(
          `Line ${this.#lineAt(offset)}: duplicate key ${key} (first in line ${this.#lineAt(earlier)}). As on AWS, this one is used; remove or rename one of the two.`,
        );
      }
      keys.set(key, offset);
      entries.set(key, this.#value(value));
    }
    const object = Object.fromEntries(entries);
    this.#offsets.set(object, { own: start(node), keys });
    return object;
  }

  #fault(offset: number, message: string): void {
    this.#faults.add('INVALID_TEMPLATE', `line ${this.#lineAt(offset)}: ${message}`);
  }

  #lineAt(offset: number): number {
    return this.#lineCounter.linePos(offset).line;
  }
}

/**
 * Returns the value of a scalar. Digits that a double would change (`012345678901`, `1.10`, an id of 20 digits) remain a string.
 */
const scalarValue = ({ value, source }: Scalar): Json => {
  if (typeof value === 'number' && source && /^[-+]?[\d.]+$/.test(source) && String(value) !== source) {
    return /^[-+]?0[0-7]+$/.test(source) ? value : source;
  }
  // In YAML 1.1, y and n are booleans as well. CloudFormation reads them as strings, as in `AttributeType: N`.
  if (typeof value === 'boolean' && source && /^[yn]$/i.test(source)) return source;
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
};

const start = (node: Node): number => node.range?.[0] ?? 0;
