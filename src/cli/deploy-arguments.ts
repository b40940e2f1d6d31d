import { InvalidArgumentError } from 'commander';
import { bucketForm, bucketPattern } from '../deploy/s3.ts';

export const roleArn = (text: string): string => {
  if (/^arn:aws[\w-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/.test(text)) return text;
  throw new InvalidArgumentError('A role is named as in arn:aws:iam::123456789012:role/NAME.');
};

export const bucket = (text: string): string => {
  if (bucketPattern.test(text)) return text;
  throw new InvalidArgumentError(`The name of a bucket has ${bucketForm}.`);
};
