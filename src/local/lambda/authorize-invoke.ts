import { denial } from '../iam/authorize.ts';
import { parseFunctionName } from './function-name.ts';
import type { Caller, InvokeResult, Permission } from './lambda.ts';
import { mayInvoke } from './resource-policy.ts';

/**
 * Why a caller may not invoke a function, or undefined if it may. Policies of the role that it acts with decide; a caller without
 * one, a service, needs a statement of the resource policy.
 */
export const refusal = (
  policy: Iterable<Permission>,
  functionArn: string,
  caller: Caller,
): (InvokeResult & { readonly kind: 'refused' }) | undefined => {
  const { identity } = caller;
  if (identity === undefined) {
    const { qualifier } = parseFunctionName(functionArn);
    return mayInvoke(policy, caller, qualifier) ? undefined : { kind: 'refused', error: 'AccessDeniedException' };
  }
  const region = functionArn.split(':')[3] ?? '';
  const denied = denial(identity, { action: 'lambda:InvokeFunction', resource: functionArn, region });
  return denied && { kind: 'refused', error: 'AccessDeniedException', message: `${denied.message} (${denied.cause})` };
};
