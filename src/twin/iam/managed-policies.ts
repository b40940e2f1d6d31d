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
      `property ${property}: the policy ${policyArn} is not in this stack, and the twin does not have its document. Name an AWS-managed policy, declare one and refer to it, or remove it`,
    );
  }
  if (isKnownPolicy(policyArn, services.iam)) return;
  // IAM's message: "Policy … does not exist or is not attachable."
  const elsewhere = knownNames().find((known) => lastPart(known) === lastPart(name));
  const suggestion = elsewhere === undefined ? didYouMean(name, knownNames()) : `; did you mean ${elsewhere}?`;
  if (suggestion !== '') {
    throw new LocalError('INVALID_PROPERTY', `property ${property}: the twin has no policy ${policyArn}${suggestion}`);
  }
  if (property === 'ManagedPolicyArns' && !matters.test(name)) return;
  throw new LocalError(
    'UNSUPPORTED_PROPERTY',
    `property ${property}: the twin does not have the document of ${policyArn}. It has ${knownNames().join(', ')}. Use one of these, or write its statements into a policy of this stack`,
  );
};

const lastPart = (name: string): string => name.replace(/^.*\//, '');

/** Names of policies that can affect decisions in the twin: on the services that it authorizes, or with denials. */
const matters = /DynamoDB|Lambda|APIGateway|CloudWatch|X-?Ray|Deny|Quarantine/i;
