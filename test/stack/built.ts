import { collectionName, type Entity } from '../../src/contract/entities.ts';
import type { Properties, Resource, Template, Value } from '../../src/stack/cloudformation.ts';
import { buildTemplate } from '../../src/stack/template.ts';
import { edition, source } from './edition.ts';

/** The template of the test edition, built once, with its comments. */
export const commentedTemplate = buildTemplate(edition, source);

/** The same without comments, as CloudFormation reads it. */
export const template = JSON.parse(JSON.stringify(commentedTemplate)) as Template;

/** A resource of the template. Throws if there is none. */
export const resource = (logicalId: string): Resource => {
  const found = template.Resources[logicalId];
  if (!found) throw new Error(`no ${logicalId}`);
  return found;
};

/** Properties of a resource of the template, as far as a test knows them. */
export const properties = <T = Properties>(logicalId: string): T => resource(logicalId).Properties as T;

/** The resources of a type, by logical id. */
export const ofType = (type: string): [logicalId: string, Resource][] =>
  Object.entries(template.Resources).filter(([, { Type }]) => Type === type);

/** The logical ids that an entity gives. Those of items are spelled out, so that a change of the rule does not change them unseen. */
export const idsOf = (entity: Entity) =>
  entity.name === 'Item'
    ? { prefix: '', table: 'ItemsTable', collection: 'ItemsResource', one: 'ItemResource', model: 'ItemModel' }
    : {
        prefix: entity.name,
        table: `${collectionName(entity)}Table`,
        collection: `${collectionName(entity)}Resource`,
        one: `${entity.name}Resource`,
        model: `${entity.name}Model`,
      };

export const noValue = { Ref: 'AWS::NoValue' };
export const ref = (logicalId: string) => ({ Ref: logicalId });
export const arn = (logicalId: string) => ({ 'Fn::GetAtt': [logicalId, 'Arn'] });

/** A policy statement. */
export interface Statement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource?: Value;
  readonly NotResource?: Value;
  readonly Principal?: Value;
  readonly Condition?: Readonly<Record<string, Properties>>;
}

export interface PolicyDocument {
  readonly Statement: readonly Statement[];
}

/** What a value refers to: parameters, resources, pseudo parameters, and conditions where it names them. */
export const references = (value: unknown): string[] => {
  if (Array.isArray(value)) return value.flatMap(references);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (key === 'Ref') return [String(inner)];
    if (key === 'Fn::GetAtt') return [String(inner[0])];
    if (key === 'DependsOn') return inner as string[];
    const names = key === 'Fn::Sub' ? [...String(inner).matchAll(/\$\{([\w:]+)/g)].map(([, name = '']) => name) : [];
    return [...names, ...references(inner)];
  });
};

/** The conditions that a value names. */
export const conditionNames = (value: unknown): string[] => {
  if (Array.isArray(value)) return value.flatMap(conditionNames);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (key === 'Condition' && typeof inner === 'string') return [inner];
    return [...(key === 'Fn::If' ? [String(inner[0])] : []), ...conditionNames(inner)];
  });
};

/** Text of `Fn::Sub` with every reference filled in. */
export const filled = (value: unknown): string =>
  String((value as { readonly 'Fn::Sub': string })['Fn::Sub']).replaceAll(/\$\{[\w:.]+\}/g, 'x');
