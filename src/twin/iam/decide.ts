import type { ConditionContext } from './condition-context.ts';
import { evaluate, type NamedPolicy, nearMiss } from './evaluate.ts';
import type { Identity } from './identity.ts';
import type { PolicyDocument } from './policy-document.ts';

/** An action that an identity requests from a service. */
export interface Access {
  /** For example `dynamodb:PutItem`. */
  readonly action: string;
  readonly resource: string;
  /** Region of the called service. */
  readonly region: string;
  /** The gateway endpoint that the request used, if any. */
  readonly vpcEndpoint?: { readonly id: string; readonly vpcId: string; readonly policyDocument?: PolicyDocument };
}

/** Reason why IAM does not allow an access. */
export interface Denial {
  /** AWS's AccessDenied message. */
  readonly message: string;
  /** The statement that denies it, or the policies without a statement that allows it. */
  readonly cause: string;
}

/** Statements that allow an access, one per kind of policy, in the order of the kinds. */
export interface Permit {
  readonly allowedBy: readonly string[];
}

/** Returns the reason why IAM denies an access, or undefined if it allows it. */
export const denial = (identity: Identity, access: Access): Denial | undefined => {
  const verdict = decide(identity, access);
  return 'allowedBy' in verdict ? undefined : verdict;
};

/**
 * Decides on an access. An explicit deny in any policy has precedence. Then each kind of policy that applies must allow the
 * access: identity-based policies, the permissions boundary, the policy of the VPC endpoint.
 * (IAM User Guide, "Policy evaluation logic" and "Troubleshoot access denied error messages".)
 */
export const decide = (identity: Identity, access: Access): Permit | Denial => {
  const kinds = kindsOf(identity, access);
  const known = permits.find(identity, access, kinds);
  if (known !== undefined) return known;
  const verdict = decideAnew(identity, access, kinds);
  if ('allowedBy' in verdict) permits.keep(identity, access, kinds, verdict);
  return verdict;
};

/** Returns the policies that apply to an access, by kind. */
const kindsOf = (identity: Identity, { vpcEndpoint }: Access): readonly Kind[] => {
  const boundary = identity.permissionsBoundary();
  // The statements of a gateway endpoint's policy apply to every principal.
  const ofEndpoint = vpcEndpoint?.policyDocument && {
    name: `the policy of the VPC endpoint ${vpcEndpoint.id}`,
    document: vpcEndpoint.policyDocument,
  };
  return [
    { explicit: 'an identity-based policy', implicit: 'no identity-based policy', policies: identity.policies() },
    ...(boundary ? [{ explicit: 'a permissions boundary', implicit: 'no permissions boundary', policies: [boundary] }] : []),
    ...(ofEndpoint
      ? [{ explicit: 'a VPC endpoint policy', implicit: 'no VPC endpoint policy', policies: [ofEndpoint] }]
      : []),
  ];
};

const decideAnew = (identity: Identity, access: Access, kinds: readonly Kind[]): Permit | Denial => {
  const { action, resource } = access;
  const request = { action, resource, context: contextOf(identity, access) };
  const decisions = kinds.map((kind) => ({ ...kind, ...evaluate(request, kind.policies) }));
  const lead = `User: ${identity.arn} is not authorized to perform: ${action} on resource: ${resource}`;
  const denied = decisions.find(({ effect }) => effect === 'explicitDeny');
  if (denied) {
    return {
      message: `${lead} with an explicit deny in ${denied.explicit}`,
      cause: `${denied.statement} denies ${action} on ${resource}`,
    };
  }
  const lacking = decisions.find(({ effect }) => effect === 'implicitDeny');
  if (lacking === undefined) return { allowedBy: decisions.flatMap(({ statement }) => statement ?? []) };
  const almost = nearMiss(request, lacking.policies);
  const cause = `no statement of ${named(lacking.policies, identity)} allows ${action} on ${resource}`;
  return {
    message: `${lead} because ${lacking.implicit} allows the ${action} action`,
    cause: almost === undefined ? cause : `${cause}; ${almost}`,
  };
};

/** Policies of one kind, with the names that AWS's messages use. */
interface Kind {
  readonly explicit: string;
  readonly implicit: string;
  readonly policies: readonly NamedPolicy[];
}

const named = (policies: readonly NamedPolicy[], { principalArn }: Identity): string => {
  const [only, ...others] = policies;
  if (only === undefined) return `${principalArn}, which has no policies,`;
  return others.length === 0 ? only.name : `the ${policies.length} policies of ${principalArn}`;
};

/** Returns the condition keys of a request. aws:SecureTransport is true, because the local endpoint replaces a TLS endpoint. */
const contextOf = (identity: Identity, { resource, region, vpcEndpoint }: Access): ConditionContext => {
  const context = new Map<string, readonly string[]>();
  context.set('aws:principalaccount', [identity.accountId]);
  context.set('aws:principalarn', [identity.principalArn]);
  context.set('aws:principaltype', [identity.kind]);
  context.set('aws:userid', [identity.userId]);
  if (identity.kind === 'User') context.set('aws:username', [nameOf(identity)]);
  context.set('aws:requestedregion', [region]);
  context.set('aws:securetransport', ['true']);
  const owner = resource.split(':', 5)[4];
  if (owner) context.set('aws:resourceaccount', [owner]);
  if (identity.sourceFunctionArn) context.set('lambda:sourcefunctionarn', [identity.sourceFunctionArn]);
  if (vpcEndpoint) {
    context.set('aws:sourcevpce', [vpcEndpoint.id]);
    context.set('aws:sourcevpc', [vpcEndpoint.vpcId]);
  }
  return context;
};

const nameOf = ({ principalArn }: Identity): string => principalArn.replace(/^.*\//, '');

/**
 * Creates a cache of permitted accesses, because functions repeat the same requests. An entry is valid while the same documents
 * apply; an update of the stack replaces them.
 */
const createPermits = () => {
  const byIdentity = new WeakMap<Identity, Map<string, { documents: Documents; permit: Permit }>>();
  const nameOfAccess = ({ action, resource, region, vpcEndpoint }: Access): string =>
    `${action} ${region} ${vpcEndpoint?.id} ${vpcEndpoint?.vpcId} ${resource}`;
  const documentsOf = (kinds: readonly Kind[]): Documents =>
    kinds.flatMap(({ explicit, policies }) => [explicit, ...policies.map(({ document }) => document)]);
  return {
    find(identity: Identity, access: Access, kinds: readonly Kind[]): Permit | undefined {
      const found = byIdentity.get(identity)?.get(nameOfAccess(access));
      if (found === undefined) return undefined;
      const documents = documentsOf(kinds);
      const isSame =
        documents.length === found.documents.length && documents.every((each, n) => each === found.documents[n]);
      return isSame ? found.permit : undefined;
    },
    keep(identity: Identity, access: Access, kinds: readonly Kind[], permit: Permit): void {
      const known = byIdentity.get(identity) ?? new Map();
      byIdentity.set(identity, known);
      // Clients choose the names of resources freely. Clearing also removes entries that are not used again.
      if (known.size >= mostPermits) known.clear();
      known.set(nameOfAccess(access), { documents: documentsOf(kinds), permit });
    },
  };
};

/** The documents of each kind, after the name of the kind. */
type Documents = readonly (string | PolicyDocument)[];

const mostPermits = 1000;
const permits = createPermits();
