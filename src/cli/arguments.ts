import { InvalidArgumentError } from 'commander';
import { regionPattern } from '../cloudformation/region.ts';

/** Parses `Key=Value` of a repeatable option. The last value of a key counts. */
export const parameter = (text: string, earlier: Readonly<Record<string, string>> = {}): Record<string, string> =>
  pair(text, earlier, 'A parameter is given as Key=Value.');

/** Parses `Function=folder` of a repeatable option. The last folder of a function counts. */
export const codeFolder = (text: string, earlier: Readonly<Record<string, string>> = {}): Record<string, string> =>
  pair(text, earlier, 'Code is given as Function=folder, with the logical id of the function.');

const pair = (text: string, earlier: Readonly<Record<string, string>>, form: string): Record<string, string> => {
  const equals = text.indexOf('=');
  if (equals > 0) return { ...earlier, [text.slice(0, equals)]: text.slice(equals + 1) };
  throw new InvalidArgumentError(form);
};

export const roleArn = (text: string): string => {
  if (/^arn:aws[\w-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/.test(text)) return text;
  throw new InvalidArgumentError('A role is named as in arn:aws:iam::123456789012:role/NAME.');
};

export const region = (text: string): string => {
  if (regionPattern.test(text)) return text;
  throw new InvalidArgumentError('A region has a name such as eu-west-1.');
};
