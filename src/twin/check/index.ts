import { FaultCollector, LocalError } from '../../cloudformation/errors.ts';
import { isObject, type JsonObject } from '../../cloudformation/json.ts';
import { stackIdentity } from '../../cloudformation/stack-identity.ts';
import { readDocument, type SourceDocument } from '../../cloudformation/template/document.ts';
import { checkReferences } from '../../cloudformation/template/references.ts';
import { parseTemplate } from '../../cloudformation/template/template.ts';
import { planOf, scopeOf, whyNothingIsServed } from '../prepare.ts';
import { resourceTypes } from '../resources/index.ts';
import type { StartOptions } from '../start-options.ts';
import { notActedOn, notSimulated } from './known-differences.ts';

/** The result of a check of a template. */
export interface Check {
  readonly resources: readonly CheckedResource[];
  /** Faults of the template that no resource has. */
  readonly faults: readonly string[];
}

/** A resource of the template, and what the twin does with it. */
export interface CheckedResource {
  readonly logicalId: string;
  readonly type: string;
  /** Line of the resource in the template; undefined for one that a loop makes. */
  readonly line: number | undefined;
  /** `inert`: it is accepted and checked, and has no effect. `left out`: its condition does not hold. */
  readonly status: 'supported' | 'inert' | 'rejected' | 'left out';
  /** Reasons of the rejection. */
  readonly reasons: readonly string[];
  /** Properties of a supported one that are accepted and not acted on. */
  readonly withoutEffect: readonly string[];
  /** Option that a start needs for it. */
  readonly needs?: string;
}

/** Checks a template without starting anything. Raises a LocalError if the form of the template or a parameter is wrong. */
export const checkTemplate = (
  text: string,
  options: Pick<StartOptions, 'parameters' | 'region' | 'allowInert'> = {},
): Check => {
  const template = parseTemplate(text);
  const document = readDocument(text);
  const scope = scopeOf(template, stackIdentity(options), options.parameters);
  const collector = new FaultCollector();
  checkReferences(template, collector);
  const plan = planOf(template, scope, collector, options.allowInert ?? false);
  const nothing = whyNothingIsServed(template, plan, scope);
  if (nothing !== undefined) collector.add('INVALID_TEMPLATE', `the stack serves nothing: ${nothing}`);
  const faults = faultsIn(collector);
  const resources = [...template.resources].map(([logicalId, declaration]): CheckedResource => {
    const { Type: type, Condition: condition, Properties: properties = {} } = declaration;
    const own = faults.filter((fault) => isOf(logicalId, fault));
    const common = { logicalId, type, line: lineOf(document, logicalId), reasons: [], withoutEffect: [] };
    if (own.length > 0) return { ...common, status: 'rejected', reasons: own.map((fault) => fault.replace(owner, '')) };
    if (condition !== undefined && scope.condition(condition) === false) return { ...common, status: 'left out' };
    const idle = idleProperties(type, properties);
    const names = Object.keys(properties);
    if (isNotSimulated(type) || (names.length > 0 && names.length === idle.length)) return { ...common, status: 'inert' };
    const needs = isInS3(type, properties) ? { needs: `--code ${logicalId}=FOLDER` } : {};
    return { ...common, status: 'supported', withoutEffect: idle, ...needs };
  });
  return { resources, faults: faults.filter((fault) => !resources.some(({ logicalId }) => isOf(logicalId, fault))) };
};

/** Code of a function that has no path and is not inline. */
const isInS3 = (type: string, { Code: code }: JsonObject): boolean =>
  type === 'AWS::Lambda::Function' && isObject(code) && Object.hasOwn(code, 'S3Bucket');

/** The beginning of the message of a fault of a resource. */
const owner = /^\S+ \(\S+\): /;

const isOf = (logicalId: string, fault: string): boolean => fault.startsWith(`${logicalId} (`);

const isNotSimulated = (type: string): boolean =>
  !resourceTypes.has(type) || Object.values(notSimulated).some(({ types }) => types.includes(type));

const faultsIn = (collector: FaultCollector): string[] => {
  try {
    collector.throwIfAny();
    return [];
  } catch (error) {
    if (error instanceof LocalError) return error.message.split('\n');
    throw error;
  }
};

const lineOf = ({ root, lineOf: line }: SourceDocument, logicalId: string): number | undefined =>
  isObject(root) && isObject(root.Resources) ? line(root.Resources, logicalId) : undefined;

/** Properties of a resource that are accepted and not acted on, at the first level. */
const idleProperties = (type: string, properties: JsonObject): string[] => {
  const idle = { ...notActedOn['*'], ...notActedOn[type] };
  return Object.keys(properties).filter((name) => Object.hasOwn(idle, name));
};
