import { InvalidArgumentError } from 'commander';

/** Reads `Key=Value` of a repeatable option; the last of a key wins. */
export const parameter = (text: string, earlier: Readonly<Record<string, string>> = {}): Record<string, string> => {
  const equals = text.indexOf('=');
  if (equals > 0) return { ...earlier, [text.slice(0, equals)]: text.slice(equals + 1) };
  throw new InvalidArgumentError('A parameter is given as Key=Value.');
};
