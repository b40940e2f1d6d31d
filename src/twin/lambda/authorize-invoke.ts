import { decide } from '../iam/decide.ts';
import { parseFunctionName } from './function-name.ts';
import type { Caller, InvokeResult, Permission } from './lambda.ts';
import { allowingStatement } from './resource-policy.ts';

/** The statement that allows a caller to invoke a function. */
export interface InvokePermit {
  readonly allowedBy: string;
}

/**
 * Returns the statement that allows a caller to invoke a function, or a denial. If the caller acts with a role, the policies of
 * the role decide. A caller without a role, a service, needs a statement of the resource policy.
 */
export const authorizeInvoke = (
  policy: Iterable<Permission>,
  functionArn: string,
  caller: Caller,
): InvokePermit | (InvokeResult & { readonly kind: 'rejected' }) => {
  const { identity } = caller;
  if (identity === undefined) {
    const { qualifier } = parseFunctionName(functionArn);
    const statement = allowingStatement(policy, caller, qualifier);
    return statement === undefined
      ? { kind: 'rejected', error: 'AccessDeniedException' }
      : {
          allowedBy: `${statement.logicalId ?? 'the resource policy'} allows ${statement.action} to ${statement.principal}`,
        };
  }
  const region = functionArn.split(':')[3] ?? '';
  const verdict = decide(identity, { action: 'lambda:InvokeFunction', resource: functionArn, region });
  if ('allowedBy' in verdict) return { allowedBy: `${verdict.allowedBy.join(' and ')} allows lambda:InvokeFunction` };
  return { kind: 'rejected', error: 'AccessDeniedException', message: `${verdict.message} (${verdict.cause})` };
};
