import type { AttributeMap, AttributeValue } from '../twin/dynamodb/attribute-values.ts';

/** An item as plain JSON, its numbers with all their digits; in one line, or indented by two blanks a level. */
export const itemJson = (item: AttributeMap, layout: 'line' | 'indented' = 'line'): string =>
  render({ M: item }, layout === 'line' ? undefined : '\n');

/** `newline` is a line break and the indentation; undefined for a single line. */
const render = (value: AttributeValue, newline: string | undefined): string => {
  const [type = '', content] = Object.entries(value)[0] ?? [];
  switch (type) {
    case 'N':
      return number(String(content));
    case 'NULL':
      return 'null';
    case 'L':
      return list(
        (content as readonly AttributeValue[]).map((one) => render(one, deeper(newline))),
        newline,
      );
    case 'M': {
      const blank = newline === undefined ? '' : ' ';
      const members = Object.entries(content as AttributeMap).map(
        ([name, one]) => `${string(name)}:${blank}${render(one, deeper(newline))}`,
      );
      return block('{', members, '}', newline);
    }
    case 'NS':
      return list((content as readonly string[]).map(number), newline);
    case 'SS':
    case 'BS':
      return list((content as readonly string[]).map(string), newline);
    default:
      // S, B in base64, and BOOL.
      return typeof content === 'string' ? string(content) : JSON.stringify(content);
  }
};

/** Also escapes what JSON need not and terminals act on: DEL and the C1 controls. */
const string = (text: string): string =>
  JSON.stringify(text).replace(/[\x7f-\x9f]/g, (character) => `\\u00${character.charCodeAt(0).toString(16)}`);

const deeper = (newline: string | undefined): string | undefined => newline && `${newline}  `;

const list = (elements: readonly string[], newline: string | undefined): string => block('[', elements, ']', newline);

const block = (open: string, parts: readonly string[], close: string, newline: string | undefined): string => {
  if (newline === undefined || parts.length === 0) return open + parts.join() + close;
  return `${open}${newline}  ${parts.join(`,${newline}  `)}${newline}${close}`;
};

/** A database may write numbers in a way that JSON has not. */
const number = (text: string): string =>
  /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?$/.test(text) ? text : JSON.stringify(text);
