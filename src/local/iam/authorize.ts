import type { ConditionContext } from './condition-context.ts';
import { type Decision, evaluate } from './evaluate.ts';
import type { Identity } from './identity.ts';
import type { PolicyDocument } from './policy-document.ts';

/** What an identity asks a service to do. */
export interface Access {
  /** `dynamodb:PutItem`. */
  readonly action: string;
  readonly resource: string;
  /** Region of the service that is asked. */
  readonly region: string;
  /** The gateway endpoint that the request came through, if it did. */
  readonly vpcEndpoint?: { readonly id: string; readonly vpcId: string; readonly policyDocument?: PolicyDocument };
}

/**
 * Why IAM refuses, in the words of AWS's AccessDenied messages, or undefined if it allows. An explicit deny of any policy comes
 * first; then each kind of policy that applies must allow: those of the identity, its permissions boundary, the VPC endpoint's.
 * (IAM User Guide, "Policy evaluation logic" and "Troubleshoot access denied error messages".)
 */
export const refusal = (identity: Identity, access: Access): string | undefined => {
  const { action, resource, vpcEndpoint } = access;
  const request = { action, resource, context: contextOf(identity, access) };
  const boundary = identity.permissionsBoundary();
  const decisions: readonly (readonly [decision: Decision, explicit: string, implicit: string])[] = [
    [evaluate(request, identity.policies()), 'an identity-based policy', 'no identity-based policy'],
    [boundary ? evaluate(request, [boundary]) : 'allow', 'a permissions boundary', 'no permissions boundary'],
    [
      // The statements of a gateway endpoint's policy are about every principal.
      vpcEndpoint?.policyDocument ? evaluate(request, [vpcEndpoint.policyDocument]) : 'allow',
      'a VPC endpoint policy',
      'no VPC endpoint policy',
    ],
  ];
  const lead = `User: ${identity.arn} is not authorized to perform: ${action} on resource: ${resource}`;
  const denied = decisions.find(([decision]) => decision === 'explicitDeny');
  if (denied) return `${lead} with an explicit deny in ${denied[1]}`;
  const lacking = decisions.find(([decision]) => decision === 'implicitDeny');
  return lacking && `${lead} because ${lacking[2]} allows the ${action} action`;
};

/** The condition keys of a request. Requests count as made over TLS: the local endpoint stands for one that is. */
const contextOf = (identity: Identity, { resource, region, vpcEndpoint }: Access): ConditionContext => {
  const owner = resource.split(':')[4];
  return new Map([
    ['aws:principalaccount', [identity.accountId]],
    ['aws:principalarn', [identity.principalArn]],
    ['aws:principaltype', [identity.kind]],
    ['aws:userid', [identity.userId]],
    ...(identity.kind === 'User' ? [['aws:username', [nameOf(identity)]] as const] : []),
    ['aws:requestedregion', [region]],
    ['aws:securetransport', ['true']],
    ...(owner ? [['aws:resourceaccount', [owner]] as const] : []),
    ...(identity.sourceFunctionArn ? [['lambda:sourcefunctionarn', [identity.sourceFunctionArn]] as const] : []),
    ...(vpcEndpoint ? [['aws:sourcevpce', [vpcEndpoint.id]] as const, ['aws:sourcevpc', [vpcEndpoint.vpcId]] as const] : []),
  ]);
};

const nameOf = ({ principalArn }: Identity): string => principalArn.replace(/^.*\//, '');
