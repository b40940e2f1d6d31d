import type { Resource, Template } from './cloudformation.ts';

/** The same template with sections, attributes and properties in the order in which people write them. */
export const arranged = ({ Resources, ...sections }: Template): object => {
  const resources = Object.entries(Resources).map(([logicalId, resource]) => [logicalId, arrangedResource(resource)]);
  return ordered({ ...sections, Resources: Object.fromEntries(resources) }, sectionOrder);
};

const sectionOrder = [
  'AWSTemplateFormatVersion',
  'Description',
  'Metadata',
  'Parameters',
  'Rules',
  'Mappings',
  'Conditions',
  'Resources',
  '…',
  'Outputs',
];

const attributeOrder = ['Type', 'Condition', 'DependsOn', 'DeletionPolicy', 'UpdateReplacePolicy', '…', 'Properties'];

// What a thing is called and what it is comes first; what is long or the same everywhere comes last.
const propertyOrder = [
  'Name',
  'FunctionName',
  'TableName',
  'LogGroupName',
  'GroupName',
  'UsagePlanName',
  'StageName',
  'RestApiId',
  'VpcId',
  'Description',
  'GroupDescription',
  'HttpMethod',
  'ResourceId',
  'Runtime',
  'Handler',
  'Role',
  '…',
  'Tags',
  'Code',
];

const arrangedResource = ({ Properties, ...attributes }: Resource): object =>
  ordered({ ...attributes, ...(Properties && { Properties: ordered(Properties, propertyOrder) }) }, attributeOrder);

/** The object with its keys in this order; `…` stands for all keys that are not named. */
const ordered = (object: object, order: readonly string[]): object => {
  const place = (key: string): number => order.indexOf(order.includes(key) ? key : '…');
  return Object.fromEntries(Object.entries(object).sort(([a], [b]) => place(a) - place(b)));
};
