import { literal, wildcard } from '../wildcard.ts';
import { holds } from './condition.ts';
import type { ConditionContext } from './condition-context.ts';
import type { PolicyDocument } from './policy-document.ts';
import { expand } from './variables.ts';

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
 * Decides by policies of one kind: an explicit deny in any of them wins over any allow, and without an allow the answer is no.
 * (IAM User Guide, "Policy evaluation logic".)
 */
export const evaluate = (
  { action, resource, context }: AuthorizationRequest,
  policies: Iterable<PolicyDocument>,
): Decision => {
  let decision: Decision = 'implicitDeny';
  for (const { Version, Statement } of policies) {
    // Variables are for policies of the language's later version; in others they are plain text.
    const variables = Version === '2012-10-17';
    const isResource = (text: string): boolean => {
      const pattern = variables ? expand(text, context, literal) : text;
      return pattern !== undefined && wildcard(pattern).test(resource);
    };
    for (const statement of [Statement].flat()) {
      const { Effect, Action, NotAction, Resource, NotResource, Condition = {} } = statement;
      // IAM compares actions regardless of case, resources with regard to it.
      if (!selects(Action, NotAction, (pattern) => wildcard(pattern, 'i').test(action))) continue;
      if (!selects(Resource, NotResource, isResource)) continue;
      if (!holds(Condition, context, variables)) continue;
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

const listed = (value: string | readonly string[] = []): readonly string[] => [value].flat();
