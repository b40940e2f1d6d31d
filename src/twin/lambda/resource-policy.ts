import { wildcard } from '../iam/wildcard.ts';
import { parseFunctionName } from './function-name.ts';
import type { Caller, Permission } from './lambda.ts';
import { latest } from './qualifiers.ts';

/**
 * Returns true if a function's resource policy allows a caller to invoke it. A statement matches if its action, principal and all
 * conditions match, and if it applies to the same version or alias. Without a matching statement the result is an implicit deny.
 */
export const mayInvoke = (statements: Iterable<Permission>, caller: Caller, qualifier?: string): boolean =>
  allowingStatement(statements, caller, qualifier) !== undefined;

/** Returns the first statement that allows the call. */
export const allowingStatement = (
  statements: Iterable<Permission>,
  caller: Caller,
  qualifier?: string,
): Permission | undefined => {
  for (const statement of statements) {
    if (
      qualifierOf(statement.functionName) === (qualifier === latest ? undefined : qualifier) &&
      // IAM actions are not case-sensitive.
      ['lambda:invokefunction', 'lambda:*', '*'].includes(statement.action.toLowerCase()) &&
      (statement.principal === '*' || statement.principal === caller.principal) &&
      (statement.sourceAccount === undefined || statement.sourceAccount === caller.sourceAccount) &&
      (statement.sourceArn === undefined || arnLike(statement.sourceArn, caller.sourceArn))
    ) {
      return statement;
    }
  }
  return undefined;
};

const qualifierOf = (nameOrArn: string): string | undefined => parseFunctionName(nameOrArn).qualifier;

/** Implements IAM's ArnLike: each of the six parts is matched separately; `*` matches any characters and `?` one. */
export const arnLike = (pattern: string, arn: string): boolean => {
  const patterns = arnParts(pattern);
  const parts = arnParts(arn);
  return patterns.length === parts.length && patterns.every((part, index) => wildcard(part).test(parts[index] ?? ''));
};

const arnParts = (arn: string): string[] => {
  const parts = arn.split(':');
  return parts.length <= 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(':')];
};
