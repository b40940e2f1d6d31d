import { FaultCollector } from '../cloudformation/errors.ts';
import { evaluateConditions } from '../cloudformation/intrinsics/conditions.ts';
import { resolveParameters } from '../cloudformation/parameters.ts';
import { type Plan, planStack, type StackScope } from '../cloudformation/plan.ts';
import { checkRules } from '../cloudformation/rules.ts';
import type { StackIdentity } from '../cloudformation/stack-identity.ts';
import { checkReferences } from '../cloudformation/template/references.ts';
import { parseTemplate, type Template } from '../cloudformation/template/template.ts';
import type { ResourceType } from './resource.ts';
import { resourceTypes } from './resources/index.ts';
import { inertType } from './resources/parts/inert.ts';

/** A template that has passed every check, with the plan of the stack. */
export interface Prepared {
  readonly template: Template;
  readonly plan: Plan;
  readonly scope: StackScope;
}

/**
 * Validates a template before anything starts. Throws a LocalError that lists the faults. `given` are parameters. With
 * `allowInert`, types that the twin does not have are inert, unless they affect requests.
 */
export const prepare = (
  text: string,
  stack: StackIdentity,
  given: Readonly<Record<string, string>> = {},
  allowInert = false,
): Prepared => {
  const template = parseTemplate(text);
  const scope = scopeOf(template, stack, given);
  const faults = new FaultCollector();
  checkRules(template.rules, scope, faults);
  checkReferences(template, faults);
  const plan = planOf(template, scope, faults, allowInert);
  const nothing = whyNothingIsServed(template, plan, scope);
  if (nothing !== undefined) faults.add('INVALID_TEMPLATE', `the stack serves nothing: ${nothing}`);
  faults.throwIfAny();
  return { template, plan, scope };
};

/** Returns the scope for the evaluation of a template: its parameters with these values, mappings and conditions. */
export const scopeOf = (
  { parameters: declared, mappings, languageExtensions, conditions: expressions }: Template,
  stack: StackIdentity,
  given: Readonly<Record<string, string>> = {},
): StackScope => {
  const parameters = resolveParameters(declared, given);
  const base = { stack, parameters, mappings, languageExtensions, conditionNames: [...expressions.keys()] };
  const conditions = evaluateConditions(expressions, base);
  return { ...base, condition: (name: string) => conditions.get(name) };
};

/** Plans a template with the types of the twin. Adds all faults to `faults`. */
export const planOf = (template: Template, scope: StackScope, faults: FaultCollector, allowInert: boolean): Plan =>
  planStack(template, allowInert ? withInertTypes(template) : resourceTypes, scope, faults, (type) =>
    inertType(type) ? inertRemedy : undefined,
  );

/** Returns the types of the twin, and those types of a template that can be inert. */
const withInertTypes = ({ resources }: Template): ReadonlyMap<string, ResourceType> => {
  const inert = [...resources.values()].flatMap(({ Type: type }): [string, ResourceType][] => {
    const found = inertType(type);
    return found ? [[type, found]] : [];
  });
  return new Map([...resourceTypes, ...inert]);
};

const inertRemedy = 'start with --allow-inert to make it inert, or exclude the resource with a Condition on a parameter';

/** Returns the reason why there is no REST API. Returns undefined if all of the plan is faulty, which has its own message. */
export const whyNothingIsServed = (
  { resources, parameters }: Template,
  plan: Plan,
  { condition }: Pick<StackScope, 'condition'>,
): string | undefined => {
  const conditions = new Set([...resources.values()].map((resource) => resource.Condition));
  if ([...conditions].every((name) => name !== undefined && condition(name) === false)) {
    const names = [...parameters.keys()].join(', ');
    const remedy = names === '' ? 'change them' : `choose other values of ${names} with --parameter`;
    return `every resource has a Condition that is false (${[...conditions].join(', ')}); ${remedy}`;
  }
  if (plan.resources.length === 0 || plan.resources.some(({ type }) => type.type === 'AWS::ApiGateway::RestApi'))
    return undefined;
  return 'it has no AWS::ApiGateway::RestApi. Declare one, or make its Condition true';
};
