import { FaultCollector } from '../src/cloudformation/errors.ts';
import { evaluateConditions } from '../src/cloudformation/intrinsics/conditions.ts';
import { evaluate } from '../src/cloudformation/intrinsics/evaluate.ts';
import type { Fail, ResourceReferences } from '../src/cloudformation/intrinsics/scope.ts';
import type { Json, JsonObject } from '../src/cloudformation/json.ts';
import { resolveParameters } from '../src/cloudformation/parameters.ts';
import { checkRules } from '../src/cloudformation/rules.ts';
import { stackIdentity } from '../src/cloudformation/stack-identity.ts';
import { checkReferences } from '../src/cloudformation/template/references.ts';
import { type ParameterDeclaration, parseTemplate, type Template } from '../src/cloudformation/template/template.ts';
import { References } from './references.ts';

/** A template without parameters, mappings and conditions. */
export interface PlainTemplate {
  readonly AWSTemplateFormatVersion: '2010-09-09';
  readonly Resources: Readonly<Record<string, PlainResource>>;
  readonly Outputs: JsonObject;
}

export interface PlainResource {
  readonly Type: string;
  readonly Properties: JsonObject;
  readonly DependsOn?: readonly string[];
}

/**
 * Resolves a template with these parameters. Conditions are evaluated, resources and outputs that they exclude are removed, and
 * every function except references to resources is evaluated. Pseudo parameters have the values of an example stack, because
 * scanners treat a reference to the account as a missing value. Throws the faults of template or parameters, as the twin does.
 */
export const resolve = (text: string, given: Readonly<Record<string, string>> = {}): PlainTemplate => {
  const template = parseTemplate(text);
  const base = {
    stack: stackIdentity({ stackName: 'items' }),
    parameters: typed(template.parameters, resolveParameters(template.parameters, given)),
    mappings: template.mappings,
  };
  const conditions = evaluateConditions(template.conditions, base);
  const faults = new FaultCollector();
  checkRules(template.rules, base, faults);
  checkReferences(template, faults);
  faults.throwIfAny();

  const stays = ({ Condition: name }: { readonly Condition?: string }): boolean =>
    name === undefined || conditions.get(name) === true;
  const resources = new Map([...template.resources].filter(([, declaration]) => stays(declaration)));
  const outputs = [...template.outputs].filter(([, declaration]) => stays(declaration));
  const references = new References();
  const scope = {
    ...base,
    condition: (name: string) => conditions.get(name),
    resources: referencesTo(resources, references),
  };
  const plain = (owner: string, source: Json): Json => references.restore(evaluate(source, { ...scope, owner }) ?? null);

  return {
    AWSTemplateFormatVersion: '2010-09-09',
    Resources: Object.fromEntries(
      [...resources].map(([logicalId, { Condition: _, DependsOn: ids = [], Properties: source = {}, ...attributes }]) => {
        const dependencies = [ids].flat().filter((id) => resources.has(id));
        const properties = plain(logicalId, source) as JsonObject;
        return [logicalId, { ...attributes, ...(dependencies[0] && { DependsOn: dependencies }), Properties: properties }];
      }),
    ),
    Outputs: Object.fromEntries(
      outputs.map(([name, { Condition: _, Export, ...output }]) => [name, plain(`Outputs.${name}`, { ...output })]),
    ),
  };
};

/** CloudFormation converts text to the type of the property. Scanners do not, so numbers and booleans are written as such. */
const typed = (declarations: Template['parameters'], values: ReadonlyMap<string, Json>): ReadonlyMap<string, Json> =>
  new Map([...values].map(([name, value]) => [name, typedValue(declarations.get(name), value)]));

const typedValue = (declaration: ParameterDeclaration | undefined, value: Json): Json => {
  if (declaration?.Type === 'Number') return Number(value);
  const isFlag = declaration?.AllowedValues?.every((allowed) => ['true', 'false'].includes(String(allowed)));
  return isFlag ? value === 'true' : value;
};

const referencesTo = (included: ReadonlyMap<string, unknown>, references: References): ResourceReferences => {
  const check = (logicalId: string, fail: Fail): void => {
    if (!included.has(logicalId)) fail('UNRESOLVED_REFERENCE', `refers to ${logicalId}, which its condition leaves out`);
  };
  return {
    ref: (logicalId, fail) => {
      check(logicalId, fail);
      return references.mark({ Ref: logicalId });
    },
    getAtt: (logicalId, attribute, fail) => {
      check(logicalId, fail);
      return references.mark({ 'Fn::GetAtt': [logicalId, attribute] });
    },
  };
};
