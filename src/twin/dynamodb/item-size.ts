import type { AttributeMap, AttributeValue } from './attribute-values.ts';

/**
 * Returns the size of an item in bytes, as for its limit of 400 KB: names and strings in UTF-8, a number by its digits, 3 bytes
 * for a map or list and 1 byte for each member. (DynamoDB Developer Guide, "DynamoDB item sizes and formats".)
 */
export const itemSize = (attributes: AttributeMap): number =>
  Object.entries(attributes).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + valueSize(value), 0);

const valueSize = (value: AttributeValue): number => {
  const [[type, content] = ['NULL', true]] = Object.entries(value);
  const total = (each: (member: string) => number): number =>
    (content as readonly string[]).reduce((sum, member) => sum + each(member), 0);
  switch (type) {
    case 'S':
      return Buffer.byteLength(String(content));
    case 'N':
      return numberSize(String(content));
    case 'B':
      return Buffer.byteLength(String(content), 'base64');
    case 'SS':
      return total((text) => Buffer.byteLength(text));
    case 'NS':
      return total(numberSize);
    case 'BS':
      return total((text) => Buffer.byteLength(text, 'base64'));
    case 'L':
      return (content as readonly AttributeValue[]).reduce((sum, member) => sum + 1 + valueSize(member), 3);
    case 'M':
      return 3 + Object.keys(content as object).length + itemSize(content as AttributeMap);
    default:
      return 1;
  }
};

/** Returns 1 byte, 1 more for each two significant digits, and 1 more for a minus sign. */
const numberSize = (text: string): number => {
  const digits = text.replace(/e.*$/i, '').replace(/[-+.]/g, '').replace(/^0+/, '').replace(/0+$/, '');
  return 1 + Math.ceil(digits.length / 2) + (text.startsWith('-') ? 1 : 0);
};
