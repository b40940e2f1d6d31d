import { InvalidArgumentError } from 'commander';
import { regionPattern } from '../cloudformation/region.ts';

/** Reads `Key=Value` of a repeatable option; the last of a key wins. */
export const parameter = (text: string, earlier: Readonly<Record<string, string>> = {}): Record<string, string> => {
  const equals = text.indexOf('=');
  if (equals > 0) return { ...earlier, [text.slice(0, equals)]: text.slice(equals + 1) };
  throw new InvalidArgumentError('A parameter is given as Key=Value.');
};

export const region = (text: string): string => {
  if (regionPattern.test(text)) return text;
  throw new InvalidArgumentError('A region has a name such as eu-west-1.');
};
