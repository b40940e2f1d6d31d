import { Problems } from './errors.ts';
import { evaluateConditions } from './intrinsics/conditions.ts';
import { resolveParameters } from './parameters.ts';
import { type Plan, planStack, type StackScope } from './plan.ts';
import { resourceTypes } from './resources/index.ts';
import { checkRules } from './rules.ts';
import type { StackIdentity } from './stack-identity.ts';
import { checkReferences } from './template/references.ts';
import { parseTemplate, type Template } from './template/template.ts';

/** Says everything that can be said about a stack before anything starts; raises what is wrong. `given` are parameters. */
export const prepare = (
  text: string,
  stack: StackIdentity,
  given: Readonly<Record<string, string>> = {},
): { template: Template; plan: Plan; scope: StackScope } => {
  const template = parseTemplate(text);
  const parameters = resolveParameters(template.parameters, given);
  const base = { stack, parameters, mappings: template.mappings, conditionNames: [...template.conditions.keys()] };
  const conditions = evaluateConditions(template.conditions, base);
  const scope = { ...base, condition: (name: string) => conditions.get(name) };
  const problems = new Problems();
  checkRules(template.rules, base, problems);
  checkReferences(template, problems);
  const plan = planStack(template, resourceTypes, scope, problems);
  if (!servesAnything(template, plan)) problems.add('INVALID_TEMPLATE', servesNothing);
  problems.throwIfAny();
  return { template, plan, scope };
};

/** What the plan leaves out for being faulty is not missing. */
const servesAnything = ({ resources }: Template, plan: Plan): boolean =>
  plan.resources.length === 0 ||
  plan.resources.some(
    ({ logicalId, type }) =>
      type.type === 'AWS::ApiGateway::Stage' ||
      (type.type === 'AWS::ApiGateway::Deployment' && resources.get(logicalId)?.Properties?.StageName !== undefined),
  );

const servesNothing =
  'the stack serves nothing: it has no AWS::ApiGateway::Stage; declare one, or see to it that its Condition holds';
