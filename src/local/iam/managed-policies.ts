import { LocalError } from '../errors.ts';
import type { ResourceContext } from '../resource.ts';

/** Refuses the ARN of a policy that is neither AWS-managed nor of this stack. */
export const checkPolicyArn = (policyArn: string, property: string, { stack, services }: ResourceContext): void => {
  if (policyArn.startsWith(`arn:${stack.partition}:iam::aws:policy/`) || services.iam.managedPolicies.has(policyArn)) return;
  throw new LocalError(
    'UNRESOLVED_REFERENCE',
    `property ${property}: there is no policy ${policyArn}; name an AWS-managed policy, or declare one in this stack and refer to it`,
  );
};
