import { generatedName } from '../names.ts';
import type { ResourceType } from '../resource.ts';
import { tagsSchema } from './tags.ts';

type Properties = { readonly TableName?: string } & Readonly<Record<string, unknown>>;

const keySchema = {
  type: 'array',
  minItems: 1,
  maxItems: 2,
  items: {
    type: 'object',
    additionalProperties: false,
    required: ['AttributeName', 'KeyType'],
    properties: { AttributeName: { type: 'string' }, KeyType: { enum: ['HASH', 'RANGE'] } },
  },
};

const provisionedThroughput = {
  type: 'object',
  additionalProperties: false,
  required: ['ReadCapacityUnits', 'WriteCapacityUnits'],
  properties: {
    ReadCapacityUnits: { type: 'integer', minimum: 1 },
    WriteCapacityUnits: { type: 'integer', minimum: 1 },
  },
};

const projection = {
  type: 'object',
  additionalProperties: false,
  properties: {
    ProjectionType: { enum: ['ALL', 'KEYS_ONLY', 'INCLUDE'] },
    NonKeyAttributes: { type: 'array', items: { type: 'string' } },
  },
};

const indexes = (more: object): object => ({
  type: 'array',
  items: {
    type: 'object',
    additionalProperties: false,
    required: ['IndexName', 'KeySchema', 'Projection'],
    properties: { IndexName: { type: 'string' }, KeySchema: keySchema, Projection: projection, ...more },
  },
});

/** A table. Keys, indexes and throughput go to the database; backup, encryption and protection are kept with the table. */
export const dynamoDbTable: ResourceType<Properties> = {
  type: 'AWS::DynamoDB::Table',
  schema: {
    type: 'object',
    additionalProperties: false,
    required: ['KeySchema', 'AttributeDefinitions'],
    properties: {
      TableName: { type: 'string', pattern: '^[a-zA-Z0-9_.-]{1,255}$' },
      KeySchema: keySchema,
      AttributeDefinitions: {
        type: 'array',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['AttributeName', 'AttributeType'],
          properties: { AttributeName: { type: 'string' }, AttributeType: { enum: ['S', 'N', 'B'] } },
        },
      },
      BillingMode: { enum: ['PAY_PER_REQUEST', 'PROVISIONED'] },
      ProvisionedThroughput: provisionedThroughput,
      GlobalSecondaryIndexes: indexes({ ProvisionedThroughput: provisionedThroughput }),
      LocalSecondaryIndexes: indexes({}),
      TableClass: { enum: ['STANDARD', 'STANDARD_INFREQUENT_ACCESS'] },
      DeletionProtectionEnabled: { type: 'boolean' },
      PointInTimeRecoverySpecification: {
        type: 'object',
        additionalProperties: false,
        properties: {
          PointInTimeRecoveryEnabled: { type: 'boolean' },
          RecoveryPeriodInDays: { type: 'integer', minimum: 1, maximum: 35 },
        },
      },
      SSESpecification: {
        type: 'object',
        additionalProperties: false,
        required: ['SSEEnabled'],
        properties: { SSEEnabled: { type: 'boolean' }, SSEType: { enum: ['KMS'] }, KMSMasterKeyId: { type: 'string' } },
      },
      ContributorInsightsSpecification: {
        type: 'object',
        additionalProperties: false,
        required: ['Enabled'],
        properties: {
          Enabled: { type: 'boolean' },
          Mode: { enum: ['ACCESSED_AND_THROTTLED_KEYS', 'THROTTLED_KEYS'] },
        },
      },
      Tags: tagsSchema,
    },
  },
  start: async ({ TableName, ...input }, context) => {
    const { stack, services } = context;
    const { region, accountId, partition } = stack;
    const tableName = TableName ?? generatedName(context, 255);
    const { arn } = await services.dynamodb.createTable({ tableName, region, accountId, partition, input });
    return {
      ref: tableName,
      attributes: { Arn: arn },
      stop: () => services.dynamodb.deleteTable(tableName),
    };
  },
};
