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

/** Result of the check of a template. */
export interface Check {
  readonly resources: readonly CheckedResource[];
  /** Faults of the template that belong to no resource. */
  readonly faults: readonly string[];
}

/** A resource of the template, and its status in the twin. */
export interface CheckedResource {
  readonly logicalId: string;
  readonly type: string;
  /** Line of the resource in the template; undefined for a resource that a loop creates. */
  readonly line: number | undefined;
  /** `inert`: accepted and validated, without effect. `left out`: its condition is false. */
  readonly status: 'supported' | 'inert' | 'rejected' | 'left out';
  /** Reasons for the rejection. */
  readonly reasons: readonly string[];
  /** Inert properties of a supported resource. */
  readonly withoutEffect: readonly string[];
  /** Option that a start requires for the resource. */
  readonly needs?: string;
}

/** Checks a template without starting anything. Throws a LocalError if the form of the template or a parameter is invalid. */
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

/** Returns true if the code of a function is in S3. */
const isInS3 = (type: string, { Code: code }: JsonObject): boolean =>
  type === 'AWS::Lambda::Function' && isObject(code) && Object.hasOwn(code, 'S3Bucket');

/** Prefix of the message for a fault of a resource. */
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

/** Returns the inert properties of a resource, at the first level. */
const idleProperties = (type: string, properties: JsonObject): string[] => {
  const idle = { ...notActedOn['*'], ...notActedOn[type] };
  return Object.keys(properties).filter((name) => Object.hasOwn(idle, name));
};
