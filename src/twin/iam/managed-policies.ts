import { LocalError } from '../../cloudformation/errors.ts';
import type { ResourceContext } from '../../cloudformation/resource.ts';
import { didYouMean } from '../../text/nearest.ts';
import { awsManagedPolicy, knownNames, nameOf } from './aws-managed-policies.ts';
import type { Iam } from './index.ts';

/** Returns true if the twin has the document of a policy: one of the stack, or one of its AWS-managed policies. */
export const isKnownPolicy = (policyArn: string, iam: Pick<Iam, 'managedPolicies'>): boolean =>
  iam.managedPolicies.has(policyArn) || awsManagedPolicy(policyArn) !== undefined;

/**
 * Rejects the ARN of a policy that does not exist, and of an AWS-managed policy whose document the twin would need and does not
 * have. Other AWS-managed policies concern services that the twin does not have.
 */
export const checkPolicyArn = (
  policyArn: string,
  property: 'ManagedPolicyArns' | 'PermissionsBoundary',
  { stack, services }: Pick<ResourceContext<{ readonly iam: Pick<Iam, 'managedPolicies'> }>, 'stack' | 'services'>,
): void => {
  if (services.iam.managedPolicies.has(policyArn)) return;
  const name = nameOf(policyArn);
  if (!policyArn.startsWith(`arn:${stack.partition}:`) || name === undefined) {
    throw new LocalError(
      'UNRESOLVED_REFERENCE',
      `property ${property}: there is no policy ${policyArn} in this stack, and the local twin cannot know what it says; name an AWS-managed policy, declare one in this stack and refer to it, or leave it out here`,
    );
  }
  if (isKnownPolicy(policyArn, services.iam)) return;
  // IAM's message: "Policy … does not exist or is not attachable."
  const elsewhere = knownNames().find((known) => lastPart(known) === lastPart(name));
  const suggestion = elsewhere === undefined ? didYouMean(name, knownNames()) : `; did you mean ${elsewhere}?`;
  if (suggestion !== '') {
    throw new LocalError(
      'INVALID_PROPERTY',
      `property ${property}: the local twin knows no policy ${policyArn}${suggestion}`,
    );
  }
  if (property === 'ManagedPolicyArns' && !matters.test(name)) return;
  throw new LocalError(
    'UNSUPPORTED_PROPERTY',
    `property ${property}: the local twin does not know what ${policyArn} says; it knows ${knownNames().join(', ')}. Use one of these, or write its statements into a policy of this stack`,
  );
};

const lastPart = (name: string): string => name.replace(/^.*\//, '');

/** Names of policies that can affect decisions in the twin: on the services that it authorizes, or with denials. */
const matters = /DynamoDB|Lambda|APIGateway|CloudWatch|X-?Ray|Deny|Quarantine/i;
