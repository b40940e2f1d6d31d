import { didYouMean } from '../../text/nearest.ts';
import type { FaultCollector } from '../errors.ts';
import {
  intrinsicName,
  isSupported,
  needsTransform,
  unknownCondition,
  unsupported,
  withoutTransform,
} from '../intrinsics/evaluate.ts';
import { pseudoParameters } from '../intrinsics/pseudo-parameters.ts';
import { failAt, unknownName } from '../intrinsics/scope.ts';
import { subParts } from '../intrinsics/sub.ts';
import { isObject, type Json, show } from '../json.ts';
import { splitAttribute } from './short-forms.ts';
import type { Template } from './template.ts';

/**
 * Finds undeclared names and unsupported functions, including those in branches of `Fn::If` that are not chosen and in resources
 * whose condition is false: CloudFormation rejects them for any parameter values.
 */
export const checkReferences = (template: Template, faults: FaultCollector): void => {
  const { parameters, resources, conditions, outputs } = template;
  const names = namesIn(template);
  const check = (owner: string, value: Json): void => {
    for (const use of usesIn(value)) {
      faults.attempt(() => {
        const fail = failAt(owner, use.path);
        if (use.kind === 'function' && !isSupported(use.name)) fail('UNSUPPORTED_INTRINSIC', unsupported(use.name));
        if (use.kind === 'function' && !template.languageExtensions && needsTransform(use.name))
          fail('INVALID_TEMPLATE', withoutTransform(use.name));
        if (use.kind === 'mixed')
          fail('INVALID_TEMPLATE', `${use.name} must stand alone in its map: remove the keys beside it`);
        if (use.kind === 'condition' && !conditions.has(use.name))
          fail('UNRESOLVED_REFERENCE', unknownCondition(use.name, conditions.keys()));
        if (use.kind === 'attribute' && !resources.has(use.name))
          fail('UNRESOLVED_REFERENCE', unknownName(use.name, resources.keys()));
        const known = pseudoParameters.has(use.name) || parameters.has(use.name) || resources.has(use.name);
        if (use.kind === 'ref' && !known && !use.name.startsWith('AWS::'))
          fail('UNRESOLVED_REFERENCE', unknownName(use.name, names));
      });
    }
  };
  const checkCondition = (owner: string, condition: string | undefined): void => {
    if (condition !== undefined && !conditions.has(condition))
      faults.add('UNRESOLVED_REFERENCE', `${owner}: ${unknownCondition(condition, conditions.keys())}`);
  };
  for (const [logicalId, declaration] of resources) {
    const owner = `${logicalId} (${declaration.Type})`;
    checkCondition(owner, declaration.Condition);
    check(owner, declaration.Properties ?? {});
    for (const dependency of [declaration.DependsOn ?? []].flat()) {
      if (!resources.has(dependency)) {
        const remedy = didYouMean(dependency, resources.keys()) || ': correct the name or declare it';
        const message = `DependsOn names ${dependency}, but there is no resource of that name${remedy}`;
        faults.add('UNRESOLVED_REFERENCE', `${owner}: ${message}`);
      }
    }
  }
  for (const [name, declaration] of outputs) {
    checkCondition(`Outputs.${name}`, declaration.Condition);
    check(`Outputs.${name}`, declaration.Value);
    if (declaration.Export) check(`Outputs.${name}`, declaration.Export.Name);
  }
};

/** Returns all names that `Ref` accepts. */
export const namesIn = ({ parameters, resources }: Pick<Template, 'parameters' | 'resources'>): string[] => [
  ...parameters.keys(),
  ...resources.keys(),
  ...pseudoParameters.keys(),
];

interface Use {
  readonly kind: 'ref' | 'attribute' | 'condition' | 'function' | 'mixed';
  readonly name: string;
  readonly path: string;
}

function* usesIn(value: Json, path = ''): Generator<Use> {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* usesIn(item, within(path, index));
    return;
  }
  if (!isObject(value)) return;
  const name = intrinsicName(value);
  if (name === undefined) {
    for (const [key, item] of Object.entries(value)) yield* usesIn(item, within(path, key));
    return;
  }
  if (Object.keys(value).length > 1) yield { kind: 'mixed', name, path };
  yield* usesOf(name, value[name] ?? null, path);
}

function* usesOf(name: string, argument: Json, path: string): Generator<Use> {
  if (name === 'Ref') {
    yield { kind: 'ref', name: typeof argument === 'string' ? argument : show(argument), path };
    return;
  }
  yield { kind: 'function', name, path };
  const [first] = Array.isArray(argument) ? (argument as Json[]) : [argument];
  if (name === 'Fn::If' && typeof first === 'string') yield { kind: 'condition', name: first, path };
  if (name === 'Fn::GetAtt' && typeof first === 'string') yield { kind: 'attribute', name: splitAttribute(first)[0], path };
  if (name === 'Fn::Sub' && typeof first === 'string')
    yield* usesInSub(first, Array.isArray(argument) ? argument[1] : {}, path);
  // An unknown function may interpret its arguments differently (Fn::ForEach has variables), so they are not checked.
  if (isSupported(name)) yield* usesIn(argument, path);
}

function* usesInSub(text: string, variables: Json | undefined, path: string): Generator<Use> {
  for (const part of subParts(text)) {
    if (!('name' in part) || (isObject(variables) && Object.hasOwn(variables, part.name))) continue;
    if (part.name.includes('.')) yield { kind: 'attribute', name: splitAttribute(part.name)[0], path };
    else if (/^[A-Za-z0-9]+$/.test(part.name)) yield { kind: 'ref', name: part.name, path };
  }
}

const within = (path: string, key: string | number): string => (path ? `${path}.${key}` : String(key));
