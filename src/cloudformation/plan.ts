import { didYouMean } from '../text/nearest.ts';
import { type FaultCollector, LocalError } from './errors.ts';
import { evaluate } from './intrinsics/evaluate.ts';
import { type Fail, type ResourceReferences, type Scope, unknownName, unresolved } from './intrinsics/scope.ts';
import { isObject, type Json, type JsonObject } from './json.ts';
import { checkProperties, whereToLook } from './properties.ts';
import type { ResourceType } from './resource.ts';
import { namesIn } from './template/references.ts';
import type { OutputDeclaration, ResourceDeclaration, Template } from './template/template.ts';

/** Content of a stack before it starts: conditions are evaluated, names are resolved, and types and properties are supported. */
export interface Plan {
  /** Each resource follows all its dependencies; otherwise in the order of the template. */
  readonly resources: readonly PlannedResource[];
  readonly outputs: ReadonlyMap<string, OutputDeclaration>;
}

export interface PlannedResource {
  readonly logicalId: string;
  /** `logicalId (AWS::Service::Type)`, as at the start of messages. */
  readonly owner: string;
  readonly type: ResourceType;
  readonly properties: JsonObject;
  readonly dependencies: ReadonlySet<string>;
}

/** A scope without the parts that differ between resources. */
export type StackScope = Omit<Scope, 'owner' | 'resources'>;

/**
 * Plans a stack. Evaluates all properties with placeholders for values that only started resources provide. References found in
 * the evaluation are the dependencies. Adds all faults to `faults`. `remedyFor` returns the remedy for an unsupported type, if
 * there is one besides omitting the resource.
 */
export const planStack = (
  template: Template,
  types: ReadonlyMap<string, ResourceType>,
  scope: StackScope,
  faults: FaultCollector,
  remedyFor: (type: string) => string | undefined = () => undefined,
): Plan => {
  const included = (condition: string | undefined): boolean =>
    condition === undefined || scope.condition(condition) !== false;
  const declarations = new Map([...template.resources].filter(([, { Condition: condition }]) => included(condition)));
  const planned = [...declarations].map(([logicalId, declaration]) => {
    const owner = `${logicalId} (${declaration.Type})`;
    const references = recorder(template, declarations);
    const type = types.get(declaration.Type);
    if (!type)
      faults.add(
        'UNSUPPORTED_RESOURCE',
        `${owner}: ${unsupportedType(declaration.Type, types, remedyFor(declaration.Type))}`,
      );
    const properties = declaration.Properties ?? {};
    const evaluated = faults.attempt(() => evaluateProperties(properties, { ...scope, owner, resources: references }));
    if (type && evaluated) faults.attempt(() => checkProperties(owner, type, evaluated));
    const dependencies = new Set([...references.seen, ...dependsOn(declaration).filter((id) => declarations.has(id))]);
    return type ? { logicalId, owner, type, properties, dependencies } : undefined;
  });
  const outputs = new Map([...template.outputs].filter(([, { Condition: condition }]) => included(condition)));
  for (const [name, output] of outputs) {
    const outputScope = { ...scope, owner: `Outputs.${name}`, resources: recorder(template, declarations) };
    faults.attempt(() => evaluateOutput(output, outputScope));
  }
  const known = planned.filter((resource) => resource !== undefined);
  return { resources: faults.attempt(() => inDependencyOrder(withLateTypes(known))) ?? [], outputs };
};

/** Returns properties with every intrinsic function evaluated. */
export const evaluateProperties = (properties: JsonObject, scope: Scope): JsonObject => {
  const value = evaluate(properties, scope);
  if (isObject(value)) return value;
  throw new LocalError('INVALID_TEMPLATE', `${scope.owner}: Properties must be a map, not the result of a function`);
};

/** Returns the value of an output as a string. */
export const evaluateOutput = (output: OutputDeclaration, scope: Scope): string => {
  if (output.Export) evaluate(output.Export.Name, scope, 'Export.Name');
  const value = evaluate(output.Value, scope);
  if (value !== undefined && value !== null && typeof value !== 'object') return String(value);
  throw new LocalError(
    'INVALID_TEMPLATE',
    `${scope.owner}: the value of an output must be a string; use Fn::Join for a list`,
  );
};

/** Adds the dependencies in `createdAfter` of resource types, except those that would create a cycle. */
const withLateTypes = (resources: readonly PlannedResource[]): PlannedResource[] => {
  const byId = new Map(resources.map((resource) => [resource.logicalId, resource]));
  const leadsTo = (from: PlannedResource, logicalId: string, seen = new Set<string>()): boolean =>
    [...from.dependencies].some((id) => {
      const next = byId.get(id);
      if (id === logicalId) return true;
      if (next === undefined || seen.has(id)) return false;
      seen.add(id);
      return leadsTo(next, logicalId, seen);
    });
  return resources.map((resource) => {
    const { createdAfter } = resource.type;
    if (createdAfter === undefined) return resource;
    const earlier = resources.filter(
      (other) => createdAfter.includes(other.type.type) && !leadsTo(other, resource.logicalId),
    );
    return { ...resource, dependencies: new Set([...resource.dependencies, ...earlier.map(({ logicalId }) => logicalId)]) };
  });
};

/**
 * Sorts resources so that each follows all its dependencies. Throws a LocalError that shows the cycle if there is one: `cyclic
 * dependency detected: a -> b -> a`.
 */
export const inDependencyOrder = <Node extends { readonly logicalId: string; readonly dependencies: ReadonlySet<string> }>(
  nodes: readonly Node[],
): Node[] => {
  const byId = new Map(nodes.map((node) => [node.logicalId, node]));
  const ordered = new Set<Node>();
  const visit = (node: Node, path: readonly string[]): void => {
    if (ordered.has(node)) return;
    if (path.includes(node.logicalId)) {
      const circle = [...path.slice(path.indexOf(node.logicalId)), node.logicalId].join(' -> ');
      throw new LocalError('CYCLIC_DEPENDENCY', `cyclic dependency detected: ${circle}; remove one of these references`);
    }
    for (const id of node.dependencies) {
      const dependency = byId.get(id);
      if (dependency) visit(dependency, [...path, node.logicalId]);
    }
    ordered.add(node);
  };
  for (const node of nodes) visit(node, []);
  return [...ordered];
};

/** Resolves every reference to the placeholder, and records its target. */
const recorder = (
  template: Template,
  included: ReadonlyMap<string, ResourceDeclaration>,
): ResourceReferences & { readonly seen: Set<string> } => {
  const seen = new Set<string>();
  const note = (logicalId: string, fail: Fail, known: () => Iterable<string>): Json => {
    const declaration = template.resources.get(logicalId);
    if (!declaration) return fail('UNRESOLVED_REFERENCE', unknownName(logicalId, known()));
    if (!included.has(logicalId)) {
      const reason = `which its condition ${declaration.Condition} leaves out: use Fn::If here with that condition`;
      return fail('UNRESOLVED_REFERENCE', `refers to ${logicalId}, ${reason}`);
    }
    seen.add(logicalId);
    return unresolved;
  };
  return {
    seen,
    ref: (logicalId, fail) => note(logicalId, fail, () => namesIn(template)),
    getAtt: (logicalId, _attribute, fail) => note(logicalId, fail, () => template.resources.keys()),
  };
};

const dependsOn = ({ DependsOn: ids = [] }: ResourceDeclaration): readonly string[] => [ids].flat();

const unsupportedType = (
  type: string,
  types: ReadonlyMap<string, ResourceType>,
  remedy = 'leave the resource out with a Condition on a parameter',
): string => {
  const suggestion = didYouMean(type, types.keys());
  if (suggestion !== '') return `the type is not supported by the local twin${suggestion}`;
  const service = type.split('::').slice(0, 2).join('::');
  const known = [...types.keys()].filter((name) => name.startsWith(`${service}::`)).map((name) => name.split('::')[2]);
  const supports = `supports ${known.length > 0 ? known.join(', ') : 'no type'} of ${service}`;
  return `the type is not supported by the local twin, which ${supports}; ${remedy} (${whereToLook})`;
};
