import type { AttributeMap, AttributeValue } from '../twin/dynamodb/attribute-values.ts';

/** Returns an item as plain JSON. Numbers keep all digits. The text is one line, or indented by two spaces per level. */
export const itemJson = (item: AttributeMap, layout: 'line' | 'indented' = 'line'): string =>
  render({ M: item }, layout === 'line' ? undefined : '\n');

/** Renders a value. `newline` is a line break with the indentation; undefined for a single line. */
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

/** Also escapes characters that JSON allows and terminals interpret: DEL and the C1 controls. */
const string = (text: string): string =>
  JSON.stringify(text).replace(/[\x7f-\x9f]/g, (character) => `\\u00${character.charCodeAt(0).toString(16)}`);

const deeper = (newline: string | undefined): string | undefined => newline && `${newline}  `;

const list = (elements: readonly string[], newline: string | undefined): string => block('[', elements, ']', newline);

const block = (open: string, parts: readonly string[], close: string, newline: string | undefined): string => {
  if (newline === undefined || parts.length === 0) return open + parts.join() + close;
  return `${open}${newline}  ${parts.join(`,${newline}  `)}${newline}${close}`;
};

/** Returns a number unchanged, or as a string if its notation is not valid in JSON. */
const number = (text: string): string =>
  /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?$/.test(text) ? text : JSON.stringify(text);
