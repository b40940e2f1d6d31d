import type { Resource, Template } from './cloudformation.ts';

/** The same template with sections, attributes and properties in the order in which people write them. */
export const arranged = ({ Resources, Mappings, ...sections }: Template): object => {
  const maps = Object.entries(Mappings ?? {}).map(([name, rows]) => [name, arrangedRows(rows)]);
  const mappings = maps.length > 0 && { Mappings: Object.fromEntries(maps) };
  return ordered({ ...sections, ...mappings, Resources: arrangedResources(Resources) }, sectionOrder);
};

/** The rows of a mapping, what is long at the end of each. */
const arrangedRows = (rows: Readonly<Record<string, object>>): object =>
  Object.fromEntries(Object.entries(rows).map(([key, row]) => [key, ordered(row, rowOrder)]));

const rowOrder = ['Description', 'Method', 'Route', 'Model', 'Action', 'Type', 'Status', 'Slug', 'Title', '…', 'Code'];

/** Resources, those of loops included: a loop is a list of an identifier, values and resources. */
const arrangedResources = (resources: Readonly<Record<string, Resource | readonly unknown[]>>): object =>
  Object.fromEntries(
    Object.entries(resources).map(([logicalId, resource]) => {
      if (!isLoop(resource)) return [logicalId, arrangedResource(resource)];
      const [identifier, values, fragment] = resource;
      return [logicalId, [identifier, values, arrangedResources(fragment as Record<string, Resource>)]];
    }),
  );

const isLoop = (resource: Resource | readonly unknown[]): resource is readonly unknown[] => Array.isArray(resource);

const sectionOrder = [
  'AWSTemplateFormatVersion',
  'Transform',
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
