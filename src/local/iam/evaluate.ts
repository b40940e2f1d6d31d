import { wildcard } from '../wildcard.ts';
import { type ConditionContext, holds } from './condition.ts';
import type { PolicyDocument, PolicyStatement } from './policy-document.ts';

/** What is asked of IAM: whether an action on a resource is allowed under these circumstances. */
export interface AuthorizationRequest {
  /** `dynamodb:PutItem`. */
  readonly action: string;
  readonly resource: string;
  readonly context: ConditionContext;
}

/** How policies of one kind decide. AWS words its refusals after it. */
export type Decision = 'allow' | 'explicitDeny' | 'implicitDeny';

/**
 * Decides by identity policies: an explicit deny in any of them wins over any allow, and without an allow the answer is no.
 * (IAM User Guide, "Policy evaluation logic".)
 */
export const evaluate = (request: AuthorizationRequest, policies: Iterable<PolicyDocument>): Decision =>
  decide(request, policies, () => true);

/** Decides by a policy on a resource, of which only statements that name the principal count. */
export const evaluateResourcePolicy = (
  request: AuthorizationRequest,
  policy: PolicyDocument,
  principal: Principal,
): Decision => decide(request, [policy], (statement) => concerns(statement, principal));

/** Who asks, in the ways in which a policy may name it. */
export interface Principal {
  readonly accountId: string;
  /** ARN of the role session, then of its role. */
  readonly arns: readonly string[];
}

const decide = (
  { action, resource, context }: AuthorizationRequest,
  policies: Iterable<PolicyDocument>,
  applies: (statement: PolicyStatement) => boolean,
): Decision => {
  let decision: Decision = 'implicitDeny';
  for (const { Version, Statement } of policies) {
    // Variables are for policies of the language's later version; in others they are plain text.
    const expand = (pattern: string): string => (Version === '2012-10-17' ? withVariables(pattern, context) : pattern);
    for (const statement of [Statement].flat()) {
      const { Effect, Action, NotAction, Resource, NotResource, Condition = {} } = statement;
      if (!applies(statement)) continue;
      // IAM compares actions regardless of case, resources with regard to it.
      if (!selects(Action, NotAction, (pattern) => wildcard(pattern, 'i').test(action))) continue;
      if (!selects(Resource, NotResource, (pattern) => wildcard(expand(pattern)).test(resource))) continue;
      if (!holds(Condition, context)) continue;
      if (Effect === 'Deny') return 'explicitDeny';
      decision = 'allow';
    }
  }
  return decision;
};

const selects = (
  patterns: string | readonly string[] | undefined,
  exceptions: string | readonly string[] | undefined,
  matches: (pattern: string) => boolean,
): boolean => (patterns === undefined ? !listed(exceptions).some(matches) : listed(patterns).some(matches));

/** `${aws:username}` and the like; a variable without a value matches nothing, which no ARN contains. */
const withVariables = (pattern: string, context: ConditionContext): string =>
  pattern.replace(/\$\{([\w:/-]+)\}/g, (_, key: string) => context.get(key.toLowerCase())?.[0] ?? '\0');

const concerns = ({ Principal: named, NotPrincipal: excepted }: PolicyStatement, principal: Principal): boolean => {
  const isNamed = (value: PolicyStatement['Principal']): boolean => {
    if (value === '*') return true;
    const names = listed(value?.AWS);
    const own = [principal.accountId, ...principal.arns];
    return names.some(
      (name) =>
        name === '*' || own.includes(name) || /^arn:[^:]+:iam::(\d{12}):root$/.exec(name)?.[1] === principal.accountId,
    );
  };
  return named === undefined ? !isNamed(excepted) : isNamed(named);
};

const listed = (value: string | readonly string[] = []): readonly string[] => [value].flat();
