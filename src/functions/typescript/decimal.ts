/**
 * A JSON number in plain decimal notation without redundant zeros, or undefined if DynamoDB could not hold it exactly:
 * more than 38 significant digits, or a magnitude outside 1E-130 to 9.99…E+125. Two texts of one number give one result.
 */
export const decimal = (text: string): string | undefined => {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    // 400 characters hold every number in range in plain notation; a bound keeps the expressions below linear.
    (text.length <= 400 && /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i.exec(text)) || [];
  if (!whole) return undefined;
  const digits = (whole + fraction).replace(/^0+/, '');
  const significant = digits.replace(/0+$/, '');
  if (!significant) return '0';
  const magnitude = digits.length - fraction.length - 1 + Number(exponent);
  if (significant.length > 38 || magnitude > 125 || magnitude < -130) return undefined;
  if (magnitude < 0) return `${sign}0.${'0'.repeat(-magnitude - 1)}${significant}`;
  const integer = significant.slice(0, magnitude + 1).padEnd(magnitude + 1, '0');
  const rest = significant.slice(magnitude + 1);
  return sign + integer + (rest && `.${rest}`);
};
