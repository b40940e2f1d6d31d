import { holds } from './condition.ts';
import type { ConditionContext } from './condition-context.ts';
import type { PolicyDocument, PolicyStatement } from './policy-document.ts';
import { expand } from './policy-variables.ts';
import { literal, wildcard } from './wildcard.ts';

/** Request for a decision: an action on a resource, in this context. */
export interface AuthorizationRequest {
  /** For example `dynamodb:PutItem`. */
  readonly action: string;
  readonly resource: string;
  readonly context: ConditionContext;
}

/** A policy with the name that messages use. */
export interface NamedPolicy {
  readonly name: string;
  readonly document: PolicyDocument;
}

/** Decision of the policies of one kind. AWS's messages depend on it. */
export interface Decision {
  readonly effect: 'allow' | 'explicitDeny' | 'implicitDeny';
  /** The statement that denies, or the first one that allows, such as `statement "OnlyFromVpc" of the policy Table`. */
  readonly statement?: string;
}

/**
 * Evaluates the policies of one kind: an explicit deny in any of them overrides any allow, and without an allow the access is
 * denied.
 * (IAM User Guide, "Policy evaluation logic".)
 */
export const evaluate = (request: AuthorizationRequest, policies: Iterable<NamedPolicy>): Decision => {
  let allowedBy: string | undefined;
  for (const { name, document } of policies) {
    for (const [index, statement] of [document.Statement].flat().entries()) {
      const { Effect } = statement;
      if (mismatch(statement, document.Version, request) !== undefined) continue;
      if (Effect === 'Deny') return { effect: 'explicitDeny', statement: nameOf(statement, index, name) };
      allowedBy ??= nameOf(statement, index, name);
    }
  }
  return allowedBy === undefined ? { effect: 'implicitDeny' } : { effect: 'allow', statement: allowedBy };
};

/**
 * Returns a text about a statement that would allow the request with another resource or if its condition matched; otherwise
 * undefined.
 */
export const nearMiss = (request: AuthorizationRequest, policies: Iterable<NamedPolicy>): string | undefined => {
  const texts = { resource: 'on other resources', condition: 'if its Condition matches' } as const;
  for (const kind of ['condition', 'resource'] as const)
    for (const { name, document } of policies)
      for (const [index, statement] of [document.Statement].flat().entries())
        if (statement.Effect === 'Allow' && mismatch(statement, document.Version, request) === kind)
          return `${nameOf(statement, index, name)} allows it only ${texts[kind]}`;
  return undefined;
};

const nameOf = ({ Sid }: PolicyStatement, index: number, policy: string): string =>
  `statement ${Sid ? `"${Sid}"` : index + 1} of ${policy}`;

/** Returns the first element of a statement that does not match a request; undefined if all match. */
const mismatch = (
  { Action, NotAction, Resource, NotResource, Condition = {} }: PolicyStatement,
  version: string | undefined,
  { action, resource, context }: AuthorizationRequest,
): 'action' | 'resource' | 'condition' | undefined => {
  // Only policies of version 2012-10-17 support variables; in others the text is literal.
  const variables = version === '2012-10-17';
  const isResource = (text: string): boolean => {
    const pattern = variables ? expand(text, context, literal) : text;
    return pattern !== undefined && wildcard(pattern).test(resource);
  };
  // In IAM, actions are not case-sensitive; resources are.
  if (!selects(Action, NotAction, (pattern) => wildcard(pattern, 'i').test(action))) return 'action';
  if (!selects(Resource, NotResource, isResource)) return 'resource';
  return holds(Condition, context, variables) ? undefined : 'condition';
};

const selects = (
  patterns: string | readonly string[] | undefined,
  exceptions: string | readonly string[] | undefined,
  matches: (pattern: string) => boolean,
): boolean => (patterns === undefined ? !listed(exceptions).some(matches) : listed(patterns).some(matches));

const listed = (value: string | readonly string[] = []): readonly string[] => (typeof value === 'string' ? [value] : value);
