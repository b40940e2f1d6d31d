import { commentOf } from './comment.ts';
import { scalar, unprintable } from './yaml-scalar.ts';

/** Maximum line length, where a line can be broken. */
const lineWidth = 120;

/**
 * Renders a value as YAML like a hand-written template: intrinsic functions in short form, text of several lines as a block,
 * short lists and mappings on one line, comments above their subject. `indent` is the column of its lines. With `isBlock`, no
 * mapping is on one line.
 */
export const yamlLines = (value: unknown, indent: number, isBlock = false): string[] => {
  const space = ' '.repeat(indent);
  if (Array.isArray(value)) return value.flatMap((item) => listItem(item, indent, isBlock));
  if (typeof value !== 'object' || value === null) return [space + scalar(value, 'block')];
  return Object.entries(value).flatMap(([key, inner]) => [
    ...commentLines(commentOf(inner), indent),
    ...entry(`${space}${scalar(key, 'block')}:`, inner, indent, isBlock),
  ]);
};

/** Returns the lines of a comment. Each paragraph is filled to the maximum line length. */
export const commentLines = (text: string | undefined, indent: number): string[] =>
  text === undefined ? [] : text.split('\n').flatMap((line) => paragraph(line, `${' '.repeat(indent)}# `));

/** Fills a paragraph. An indented line, such as a command, remains unchanged. */
const paragraph = (line: string, begin: string): string[] =>
  line.trim() === '' || line.startsWith(' ') ? [(begin + line).trimEnd()] : filled(line.split(' '), begin);

/** Fills lines with words; every line begins with `begin`. */
const filled = (words: readonly string[], begin: string): string[] => {
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= lineWidth) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(begin + word);
  }
  return lines;
};

/** Returns a value after `key:` or the `-` of a list, on one line or several. */
const entry = (before: string, value: unknown, indent: number, isBlock: boolean): string[] => {
  const { tag, argument } = shortForm(value);
  // A YAML value can have only one tag, so a function whose argument is a function has its long form.
  if (tag !== undefined && shortForm(argument).tag !== undefined) {
    const line = `${before} ${inline(value)}`;
    return inline(value) !== undefined && line.length <= lineWidth
      ? [line]
      : [before, ...entry(`${' '.repeat(indent + 2)}${longName(tag)}:`, argument, indent + 2, isBlock)];
  }
  const [head, inner] = tag === undefined ? [before, value] : [`${before} ${tag}`, argument];
  if (typeof inner === 'string') {
    const block = blockText(inner, indent + 2, head.length);
    if (block) return [`${head} ${block[0]}`, ...block.slice(1)];
  }
  if (isScalar(inner)) return [`${head} ${scalar(inner, 'block')}`];
  const line = inline(inner);
  const fits =
    line !== undefined &&
    isCompact(inner) &&
    !(isBlock && [inner].flat().some(isMapping)) &&
    head.length + 1 + line.length <= lineWidth;
  if (isEmpty(inner) || (fits && before.trim() !== 'Properties:')) return [`${head} ${line}`];
  const wrapped = wrappedList(inner, head, indent);
  if (wrapped) return wrapped;
  return [head, ...yamlLines(inner, indent + 2, isBlock)];
};

const listItem = (item: unknown, indent: number, isBlock: boolean): string[] => {
  const dash = `${' '.repeat(indent)}-`;
  const comment = commentLines(commentOf(item), indent);
  const line = inline(item);
  const { tag } = shortForm(item);
  if (line !== undefined && indent + 2 + line.length <= lineWidth) {
    const isOnOne =
      tag !== undefined || isScalar(item) || isEmpty(item) || (isCompact(item) && !Array.isArray(item) && !isBlock);
    if (isOnOne) return [...comment, `${dash} ${line}`];
  }
  if (tag !== undefined || isScalar(item) || isEmpty(item)) return [...comment, ...entry(dash, item, indent, isBlock)];
  const lines = yamlLines(item, indent + 2, isBlock);
  // A comment of the first entry goes above the dash.
  const first = Math.max(
    0,
    lines.findIndex((text) => !text.trimStart().startsWith('#')),
  );
  const above = lines.slice(0, first).map((text) => text.slice(2));
  return [...comment, ...above, `${dash} ${lines[first]?.trimStart()}`, ...lines.slice(first + 1)];
};

/** Wraps a list of plain names that is too long for one line, like text. */
const wrappedList = (value: unknown, head: string, indent: number): string[] | undefined => {
  if (
    !Array.isArray(value) ||
    value.length === 0 ||
    !value.every((item) => typeof item === 'string' && /^\w+$/.test(item))
  ) {
    return undefined;
  }
  const names = value.map((name, index) => `${scalar(name, 'flow')}${index < value.length - 1 ? ',' : ''}`);
  // In strict YAML every line of it, including the last bracket, is indented further than the key.
  const [first = '', ...others] = filled([...names.slice(0, -1), `${names.at(-1)}]`], ' '.repeat(indent + 3));
  return [head, `${' '.repeat(indent + 2)}[${first.trimStart()}`, ...others];
};

/** Returns the value on one line; undefined if it contains a comment, or text that must be a block. */
const inline = (value: unknown): string | undefined => {
  if (commentOf(value) !== undefined) return undefined;
  const { tag, argument } = shortForm(value);
  if (tag !== undefined) {
    const inner = inline(argument);
    return inner && (shortForm(argument).tag === undefined ? `${tag} ${inner}` : `{ ${longName(tag)}: ${inner} }`);
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

/**
 * Returns true for values that people write on one line: lists of short values, and mappings of one or two entries without deep
 * nesting.
 */
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

/** Returns true for a mapping that is not an intrinsic function. */
const isMapping = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && shortForm(value).tag === undefined;

const isScalar = (value: unknown): boolean => typeof value !== 'object' || value === null;

/** Returns true for `{}` and `[]`, for which YAML has no other form. */
const isEmpty = (value: unknown): boolean => typeof value === 'object' && value !== null && Object.keys(value).length === 0;

/** Returns text of several lines, or long text of words, as a block: its header, then its lines. */
const blockText = (text: string, indent: number, used: number): string[] | undefined => {
  const space = ' '.repeat(indent);
  if (unprintable.test(text.replaceAll('\t', ''))) return undefined;
  if (text.includes('\n') && !/^\s|\n\n$/.test(text)) {
    const lines = text.replace(/\n$/, '').split('\n');
    return [text.endsWith('\n') ? '|' : '|-', ...lines.map((line) => (line === '' ? '' : space + line))];
  }
  const isWords = /^\S+(?: \S+)+$/.test(text);
  if (!isWords || used + 1 + scalar(text, 'block').length <= lineWidth) return undefined;
  return ['>-', ...filled(text.split(' '), space)];
};

/** Functions that only rules use, which have no documented short form. */
const longOnly = /^Fn::(?:Contains|EachMember\w+)$/;

/** Returns the short form of an intrinsic function and its argument. */
const shortForm = (value: unknown): { readonly tag?: string; readonly argument?: unknown } => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  const entries = Object.entries(value);
  const [[name, argument] = ['', undefined]] = entries;
  if (entries.length !== 1) return {};
  if (name === 'Fn::GetAtt' && Array.isArray(argument)) {
    return argument.every((part) => typeof part === 'string') ? { tag: '!GetAtt', argument: argument.join('.') } : {};
  }
  if (name === 'Ref') return { tag: '!Ref', argument };
  // Otherwise `Condition` is an attribute of a resource, or of a policy statement.
  if (name === 'Condition' && typeof argument === 'string') return { tag: '!Condition', argument };
  return /^Fn::\w+$/.test(name) && !longOnly.test(name) ? { tag: name.replace('Fn::', '!'), argument } : {};
};

const longName = (tag: string): string => (/^!(?:Ref|Condition)$/.test(tag) ? tag.slice(1) : tag.replace('!', 'Fn::'));
