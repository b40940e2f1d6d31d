import { stringify } from 'yaml';
import { commentOf } from './comment.ts';

/** Columns of a line, as far as what stands in it can be broken. */
const lineWidth = 120;

/**
 * Renders a value as YAML in the manner of a hand-written template: intrinsic functions in short form, text of several lines as a
 * block, short lists and mappings on one line, comments above what they are about. `indent` is the column of its lines.
 */
export const yamlLines = (value: unknown, indent: number): string[] => {
  const space = ' '.repeat(indent);
  if (Array.isArray(value)) return value.flatMap((item) => listItem(item, indent));
  if (typeof value !== 'object' || value === null) return [space + scalar(value, 'block')];
  return Object.entries(value).flatMap(([key, inner]) => [
    ...commentLines(commentOf(inner), indent),
    ...entry(space + scalar(key, 'block'), inner, indent),
  ]);
};

/** The lines of a comment, each paragraph of which is filled to the width of a line. */
export const commentLines = (text: string | undefined, indent: number): string[] =>
  text === undefined ? [] : text.split('\n').flatMap((line) => paragraph(line, `${' '.repeat(indent)}# `));

/** An indented line, such as a command, stays as it is. */
const paragraph = (line: string, begin: string): string[] =>
  line.trim() === '' || line.startsWith(' ') ? [(begin + line).trimEnd()] : filled(line.split(' '), begin);

/** Words in lines that begin alike. */
const filled = (words: readonly string[], begin: string): string[] => {
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= lineWidth) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(begin + word);
  }
  return lines;
};

/** `key: value`, on one line or on several. */
const entry = (key: string, value: unknown, indent: number): string[] => {
  const { tag, argument } = shortForm(value);
  const [head, inner] = tag === undefined ? [`${key}:`, value] : [`${key}: ${tag}`, argument];
  if (typeof inner === 'string') {
    const block = blockText(inner, indent + 2, head.length);
    if (block) return [`${head} ${block[0]}`, ...block.slice(1)];
  }
  if (isScalar(inner)) return [`${head} ${scalar(inner, 'block')}`];
  const line = key.trim() === 'Properties' ? undefined : inline(inner);
  if (line !== undefined && isCompact(inner) && head.length + 1 + line.length <= lineWidth) return [`${head} ${line}`];
  const wrapped = wrappedList(inner, head, indent);
  if (wrapped) return wrapped;
  return [head, ...yamlLines(inner, indent + 2)];
};

const listItem = (item: unknown, indent: number): string[] => {
  const space = ' '.repeat(indent);
  const comment = commentLines(commentOf(item), indent);
  const line = inline(item);
  const isShort = line !== undefined && indent + 2 + line.length <= lineWidth;
  if (line !== undefined && (isScalar(item) || shortForm(item).tag !== undefined) && (isShort || !isBreakable(item))) {
    return [...comment, `${space}- ${line}`];
  }
  if (isShort && isCompact(item) && !Array.isArray(item)) return [...comment, `${space}- ${line}`];
  const { tag, argument } = shortForm(item);
  if (tag !== undefined || typeof item === 'string') {
    const [first = '', ...rest] = entry(`${space}-`, item, indent);
    return [...comment, first.replace(`${space}-:`, `${space}-`), ...rest];
  }
  const [first = '', ...rest] = yamlLines(tag === undefined ? item : argument, indent + 2);
  // A comment of the first entry goes above the item.
  return [...comment, `${space}- ${first.trimStart()}`, ...rest];
};

/** A list of plain names that is too long for one line, filled like text. */
const wrappedList = (value: unknown, head: string, indent: number): string[] | undefined => {
  if (
    !Array.isArray(value) ||
    value.length === 0 ||
    !value.every((item) => typeof item === 'string' && /^\w+$/.test(item))
  ) {
    return undefined;
  }
  const names = value.map((name, index) => `${scalar(name, 'flow')}${index < value.length - 1 ? ',' : ''}`);
  return [`${head} [`, ...filled(names, ' '.repeat(indent + 2)), `${' '.repeat(indent)}]`];
};

/** The value on one line; undefined if it holds text that is a block, or a comment. */
const inline = (value: unknown): string | undefined => {
  if (commentOf(value) !== undefined) return undefined;
  const { tag, argument } = shortForm(value);
  if (tag !== undefined) {
    // YAML takes one tag for a value: a function of a function is written out.
    if (shortForm(argument).tag !== undefined) {
      const inner = inline(argument);
      return inner && `{ ${longName(tag)}: ${inner} }`;
    }
    const inner = inline(argument);
    return inner && `${tag} ${inner}`;
  }
  if (Array.isArray(value)) {
    const items = value.map(inline);
    return items.some((item) => item === undefined) ? undefined : `[${items.join(', ')}]`;
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, inner]) => [scalar(key, 'flow'), inline(inner)] as const);
    if (entries.some(([, inner]) => inner === undefined)) return undefined;
    return entries.length === 0 ? '{}' : `{ ${entries.map(([key, inner]) => `${key}: ${inner}`).join(', ')} }`;
  }
  return typeof value === 'string' && value.trim() !== '' && value.includes('\n') ? undefined : scalar(value, 'flow');
};

/** What people write on one line: lists of short values, and mappings of one or two entries that are not nested deep. */
const isCompact = (value: unknown): boolean => {
  const { tag, argument } = shortForm(value);
  if (tag !== undefined) return Array.isArray(argument) ? argument.every(isCompact) : isCompact(argument);
  if (Array.isArray(value)) return value.every((item) => isCompact(item) && !(Array.isArray(item) && item.length > 2));
  if (typeof value !== 'object' || value === null) return true;
  const inner = Object.values(value);
  return inner.length <= 2 && inner.every(isCompact) && depth(value) <= 3;
};

const depth = (value: unknown): number => {
  const { tag } = shortForm(value);
  if (tag !== undefined || typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depth));
};

const isScalar = (value: unknown): boolean => typeof value !== 'object' || value === null;

/** A function with a list of arguments, which can stand below it. */
const isBreakable = (value: unknown): boolean => Array.isArray(shortForm(value).argument);

/** Text of several lines, or long text of words, as a block: its header, then its lines. */
const blockText = (text: string, indent: number, used: number): string[] | undefined => {
  const space = ' '.repeat(indent);
  if (/\S/.test(text) && text.includes('\n') && !/\t|[^\P{C}\n]|\n$(?<=\n\n)/u.test(text) && !/^\s/.test(text)) {
    const lines = text.replace(/\n$/, '').split('\n');
    return [text.endsWith('\n') ? '|' : '|-', ...lines.map((line) => (line === '' ? '' : space + line))];
  }
  const isWords = /^\S+(?: \S+)+$/.test(text) && !/[^\P{C}]/u.test(text);
  if (!isWords || used + 1 + scalar(text, 'block').length <= lineWidth) return undefined;
  return ['>-', ...filled(text.split(' '), space)];
};

/** Functions for rules only, which have no documented short form. */
const longOnly = /^Fn::(?:Contains|EachMember\w+)$/;

/** The short form of an intrinsic function and its argument. */
const shortForm = (value: unknown): { readonly tag?: string; readonly argument?: unknown } => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  const entries = Object.entries(value);
  const [[name, argument] = ['', undefined]] = entries;
  if (entries.length !== 1) return {};
  if (name === 'Fn::GetAtt' && Array.isArray(argument)) return { tag: '!GetAtt', argument: argument.join('.') };
  if (name === 'Ref') return { tag: '!Ref', argument };
  // Elsewhere `Condition` is an attribute of a resource, or of a policy statement.
  if (name === 'Condition' && typeof argument === 'string') return { tag: '!Condition', argument };
  return /^Fn::\w+$/.test(name) && !longOnly.test(name) ? { tag: name.replace('Fn::', '!'), argument } : {};
};

const longName = (tag: string): string => (tag === '!Ref' ? 'Ref' : tag.replace('!', 'Fn::'));

/** CloudFormation reads YAML 1.1, in which `on`, 2012-10-17 and 1:30 are not strings unless they are quoted. */
const options = { version: '1.1', schema: 'yaml-1.1', singleQuote: true, lineWidth: 0 } as const;

/** A scalar as YAML; in flow style brackets and commas are quoted as well. */
const scalar = (value: unknown, style: 'block' | 'flow'): string => {
  if (typeof value === 'string' && plain.test(value) && !ambiguous.test(value)) return value;
  if (typeof value === 'string' && value.includes('\n')) return JSON.stringify(value);
  const key = `${style} ${typeof value} ${value}`;
  const known = written.get(key);
  if (known !== undefined) return known;
  const text =
    style === 'block'
      ? stringify(value, options).trimEnd()
      : stringify([value], { ...options, collectionStyle: 'flow', flowCollectionPadding: false })
          .trimEnd()
          .slice(1, -1);
  written.set(key, text);
  return text;
};

/** The library takes its time for a scalar, and most come often. */
const written = new Map<string, string>();

/** Words, names and paths that are a string in every context. */
const plain = /^[A-Za-z][\w./-]*(?:::?[\w./-]+)*$/;

/** Words that YAML 1.1 takes for something else. */
const ambiguous = /^(?:y|n|yes|no|on|off|true|false|null)$/i;
