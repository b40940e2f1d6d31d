// Converts JSON numbers to the form in which DynamoDB keeps them.
/**
 * A JSON number in its one canonical text, or undefined if DynamoDB could not hold it exactly: more than
 * 38 significant digits, or a magnitude outside 1E-130 to 9.99…E+125. The text is plain, but for numbers
 * that would be mostly zeros.
 */
export const decimal = (text: string): string | undefined => {
  // Most numbers are short integers.
  if (/^-?[1-9]\d{0,14}$/.test(text)) return text;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    // 400 characters hold every number in range in plain notation; a bound keeps the expressions below
    // linear.
    (text.length <= 400 && /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i.exec(text)) || [];
  if (!whole) return undefined;
  const digits = (whole + fraction).replace(/^0+/, '');
  const significant = digits.replace(/0+$/, '');
  if (!significant) return '0';
  const magnitude = digits.length - fraction.length - 1 + Number(exponent);
  if (significant.length > 38 || magnitude > 125 || magnitude < -130) return undefined;
  // Written out, an item of 400 KB could become a response of several MB.
  if (magnitude - significant.length > 20 || magnitude < -7) {
    return `${sign}${significant.replace(/^(.)(.)/, '$1.$2')}e${magnitude}`;
  }
  if (magnitude < 0) return `${sign}0.${'0'.repeat(-magnitude - 1)}${significant}`;
  const integer = significant.slice(0, magnitude + 1).padEnd(magnitude + 1, '0');
  const rest = significant.slice(magnitude + 1);
  return sign + integer + (rest && `.${rest}`);
};
