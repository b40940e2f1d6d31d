import { LocalError } from '../../cloudformation/errors.ts';
import type { ResourceContext } from '../resource.ts';
import { awsManagedPolicy, knownNames, nameOf } from './aws-managed-policies.ts';

/** Refuses the ARN of a policy of which the twin cannot know what it says. */
export const checkPolicyArn = (policyArn: string, property: string, { stack, services }: ResourceContext): void => {
  if (services.iam.managedPolicies.has(policyArn)) return;
  if (!policyArn.startsWith(`arn:${stack.partition}:`) || nameOf(policyArn) === undefined) {
    throw new LocalError(
      'UNRESOLVED_REFERENCE',
      `property ${property}: there is no policy ${policyArn} in this stack, and the local twin cannot know what it says; name an AWS-managed policy, declare one in this stack and refer to it, or leave it out here`,
    );
  }
  if (awsManagedPolicy(policyArn)) return;
  throw new LocalError(
    'UNSUPPORTED_PROPERTY',
    `property ${property}: the local twin does not know what ${policyArn} says; it knows ${knownNames().join(', ')}. Use one of these, or write its statements into a policy of this stack`,
  );
};
