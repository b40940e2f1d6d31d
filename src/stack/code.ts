import { CfnMapping, Fn, type Stack } from 'aws-cdk-lib';
import type { Operation } from '../contract/operations.ts';
import { comment } from './comment.ts';
import type { Edition } from './edition.ts';

/** Adds the code that functions share to the template's mappings, where it stands once. Returns how to refer to it. */
export const addSharedCode = (stack: Stack, { code }: Edition): string => {
  const mapping = comment(
    new CfnMapping(stack, 'Functions', { mapping: { Shared: { Code: code.shared } } }),
    'Source code that all functions have in front of their own (see ZipFile): HTTP, items and DynamoDB without an SDK',
  );
  return mapping.findInMap('Shared', 'Code');
};

/** The whole source of an operation's function: shared code, then its own. */
export const inlineCode = ({ code }: Edition, { name, handler }: Operation, sharedCode: string): string => {
  const own = code.handlers.get(handler);
  if (own === undefined)
    throw new Error(`${name} has no handler: write ${handler}, or correct its row in src/contract/operations.ts`);
  return Fn.join('', [sharedCode, own]);
};
