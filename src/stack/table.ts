import { collectionName, type Entity, entities, indexName } from '../contract/entities.ts';
import { type Properties, type Resource, ref, sub, type Value } from './cloudformation.ts';
import type { Group } from './group.ts';
import { kmsKey } from './policies.ts';
import { tags } from './tags.ts';

/** Returns the logical id of the table of an entity. */
export const tableId = (entity: Entity): string => `${collectionName(entity)}Table`;

/** Returns the name of the table of an entity, in the syntax of `Fn::Sub`. */
export const tableName = ({ path }: Entity): string => `${path}-\${EnvironmentSuffix}`;

/** Returns the tables of all entities. */
export const tables = (): Group => ({
  heading: entities.length === 1 ? `Data: one table that holds all ${entities[0]?.path}` : 'Data: a table for each entity',
  text: 'Deleting the stack deletes the table with its items, unless DeletionProtection is true.',
  resources: Object.fromEntries(entities.map((entity) => [tableId(entity), table(entity)])),
});

const table = (entity: Entity): Resource => {
  const keys = (entity.indexes ?? []).map(indexName);
  return {
    Type: 'AWS::DynamoDB::Table',
    DeletionPolicy: 'Delete',
    UpdateReplacePolicy: 'Delete',
    Properties: {
      TableName: sub(tableName(entity)),
      AttributeDefinitions: ['id', ...keys].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: [key('id', 'HASH')],
      ...(keys.length > 0 && { GlobalSecondaryIndexes: keys.map(index) }),
      BillingMode: 'PAY_PER_REQUEST',
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: kmsKey },
      DeletionProtectionEnabled: ref('DeletionProtection'),
      Tags: tags,
    },
  };
};

/** Returns an index on an attribute. It sorts by id, so a page of a query can begin after an id. */
const index = (name: string): Properties => ({
  IndexName: name,
  KeySchema: [key(name, 'HASH'), key('id', 'RANGE')],
  Projection: { ProjectionType: 'ALL' },
});

const key = (AttributeName: string, KeyType: string): Value => ({ AttributeName, KeyType });
