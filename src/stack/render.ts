import { Document, Lexer, Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import { arranged } from './arrange.ts';
import type { CommentedTemplate } from './cloudformation.ts';
import type { Comments } from './comment.ts';

/**
 * Renders a template as people write it: YAML with short-form functions, code as block literals, and comments.
 * Parsed again it gives the same template.
 */
export const renderTemplate = ({ template, comments }: CommentedTemplate, heading: string): string => {
  // CloudFormation reads YAML 1.1, where `on`, 2012-10-17 and 1:30 are not strings unless they are quoted.
  const document = new Document(null, { version: '1.1', schema: 'yaml-1.1' });
  const root = new YAMLMap();
  for (const [section, content] of Object.entries(arranged(template))) {
    const value = render(content, { section, depth: 0, key: section });
    if (value instanceof YAMLMap && !value.tag) separate(value, comments);
    root.add(new Pair(new Scalar(section), value));
  }
  separate(root, {});
  document.commentBefore = text(heading);
  document.contents = root as never;
  return withoutFlowSpaces(
    document.toString({ lineWidth: 0, singleQuote: true, flowCollectionPadding: false, indentSeq: false, indent: 1 }),
  );
};

/** Leaves out the spaces behind the commas of mappings and lists on one line. */
const withoutFlowSpaces = (yaml: string): string => {
  const tokens = [...new Lexer().lex(yaml)].filter((token) => !lexerMarks.has(token));
  return tokens.filter((token, index) => !(token === ' ' && tokens[index - 1] === ',')).join('');
};

/** What the lexer says of tokens in between: here begins a document, here a scalar, here an error. */
const lexerMarks: ReadonlySet<string> = new Set(['\u0002', '\u001f', '\u0018']);

type Value = Scalar | YAMLMap | YAMLSeq;

/** Sets the entries of a section apart, by their comments and, where they are long, by empty lines. */
const separate = (section: YAMLMap, comments: Comments): void => {
  for (const [index, { key, value }] of section.items.entries()) {
    if (!(key instanceof Scalar)) continue;
    key.spaceBefore = index > 0 && (value instanceof YAMLMap || (value instanceof YAMLSeq && !value.tag));
    const comment = comments[String(key.value)];
    if (comment) key.commentBefore = text(comment);
  }
};

const text = (comment: string): string => comment.replace(/^/gm, ' ');

const render = (value: unknown, context: Context): Value => {
  if (Array.isArray(value)) return list(value, context);
  if (typeof value !== 'object' || value === null) return scalar(value);
  const entries = Object.entries(value);
  const [[name, argument] = ['']] = entries;
  const tag = entries.length === 1 && shortForm(name, argument, context);
  if (tag) return tagged(tag, argument, context);
  const map = new YAMLMap();
  for (const [key, inner] of entries) map.add(new Pair(new Scalar(key), render(inner, deeper(context, key))));
  map.flow = fits(map, context);
  return map;
};

/** Where a value stands. */
interface Context {
  readonly section: string;
  /** Levels of mappings above it, those of the section and of its entry included. */
  readonly depth: number;
  /** The key in front of it. */
  readonly key: string;
}

const deeper = ({ section, depth }: Context, key: string): Context => ({ section, depth: depth + 1, key });

/**
 * The short form of an intrinsic function, if it has one here. `Condition` is a function in conditions only, and for the
 * functions that are for rules only CloudFormation documents none.
 */
const shortForm = (name: string, argument: unknown, { section }: Context): string | undefined => {
  if (name === 'Ref') return '!Ref';
  if (name === 'Condition' && section === 'Conditions' && typeof argument === 'string') return '!Condition';
  return /^Fn::(?!Contains$|EachMember|ForEach)\w+$/.test(name) ? name.replace('Fn::', '!') : undefined;
};

const tagged = (tag: string, argument: unknown, context: Context): Value => {
  const attribute = tag === '!GetAtt' && Array.isArray(argument) && argument.every((part) => typeof part === 'string');
  const value = render(attribute ? argument.join('.') : argument, context);
  // YAML has one tag for a value: a function of a function is written out.
  if (value.tag) {
    const map = new YAMLMap();
    map.add(new Pair(new Scalar(tag === '!Ref' ? 'Ref' : tag.replace('!', 'Fn::')), value));
    map.flow = fits(map, context);
    return map;
  }
  value.tag = tag;
  return value;
};

const scalar = (value: unknown): Scalar => {
  const node = new Scalar(value);
  if (typeof value === 'string' && value.includes('\n')) node.type = Scalar.BLOCK_LITERAL;
  return node;
};

const list = (values: readonly unknown[], context: Context): YAMLSeq => {
  const seq = new YAMLSeq<Value>();
  for (const value of values) seq.add(render(value, deeper(context, '')));
  seq.flow = fits(seq, context);
  return seq;
};

/** Whether a mapping or list goes on the line of its key. Entries of sections never do, nor what is in functions' way. */
const fits = (collection: YAMLMap | YAMLSeq, { section, depth, key }: Context): boolean =>
  depth > (section === 'Conditions' || section === 'Outputs' ? 0 : 1) &&
  2 * depth + key.length + width(collection) <= (key === 'Tags' || key === 'DependsOn' ? 340 : lineLength);

const lineLength = 300;

/** The characters that a value takes on one line, roughly. */
const width = (node: unknown): number => {
  if (node instanceof Scalar) {
    return node.type === Scalar.BLOCK_LITERAL ? Number.POSITIVE_INFINITY : tagWidth(node) + String(node.value).length;
  }
  if (node instanceof Pair) return width(node.key) + 2 + width(node.value);
  if (node instanceof YAMLMap || node instanceof YAMLSeq) {
    return node.items.reduce<number>((sum, item) => sum + 2 + width(item), tagWidth(node));
  }
  return 0;
};

const tagWidth = ({ tag }: Value): number => (tag ? tag.length + 1 : 0);
