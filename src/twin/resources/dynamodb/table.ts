import { invalidProperty } from '../../../cloudformation/errors.ts';
import { generatedName } from '../../../cloudformation/names.ts';
import type { Schema } from '../../../cloudformation/schema.ts';
import { boolean, list, object, string } from '../../../cloudformation/shapes.ts';
import { streamArn, type TableConfiguration } from '../../dynamodb/tables.ts';
import type { ResourceContext, ResourceType } from '../../resource.ts';
import { keyIdentifier } from '../parts/kms-key-id.ts';
import { tagsSchema } from '../parts/tags.ts';

type Properties = {
  readonly TableName?: string;
  readonly TimeToLiveSpecification?: { readonly AttributeName?: string; readonly Enabled: boolean };
  readonly StreamSpecification?: { readonly StreamViewType: string };
  readonly SSESpecification?: { readonly SSEEnabled: boolean; readonly KMSMasterKeyId?: string };
} & Readonly<Record<string, unknown>>;

const keySchema = list(
  object({ AttributeName: string, KeyType: { enum: ['HASH', 'RANGE'] } }, ['AttributeName', 'KeyType']),
  { minItems: 1, maxItems: 2 },
);

const provisionedThroughput = object(
  {
    ReadCapacityUnits: { type: 'integer', minimum: 1 },
    WriteCapacityUnits: { type: 'integer', minimum: 1 },
  },
  ['ReadCapacityUnits', 'WriteCapacityUnits'],
);

const projection = object({
  ProjectionType: { enum: ['ALL', 'KEYS_ONLY', 'INCLUDE'] },
  NonKeyAttributes: list(string),
});

const indexes = (more: Readonly<Record<string, Schema>>): Schema =>
  list(
    object({ IndexName: string, KeySchema: keySchema, Projection: projection, ...more }, [
      'IndexName',
      'KeySchema',
      'Projection',
    ]),
  );

/**
 * A table. The database receives keys, indexes and throughput. Settings of backup, encryption and protection are kept with the
 * table.
 */
export const dynamoDbTable: ResourceType<Properties> = {
  type: 'AWS::DynamoDB::Table',
  schema: object(
    {
      TableName: { type: 'string', pattern: '^[a-zA-Z0-9_.-]{1,255}$' },
      KeySchema: keySchema,
      AttributeDefinitions: list(
        object({ AttributeName: string, AttributeType: { enum: ['S', 'N', 'B'] } }, ['AttributeName', 'AttributeType']),
      ),
      BillingMode: { enum: ['PAY_PER_REQUEST', 'PROVISIONED'] },
      ProvisionedThroughput: provisionedThroughput,
      GlobalSecondaryIndexes: indexes({ ProvisionedThroughput: provisionedThroughput }),
      LocalSecondaryIndexes: indexes({}),
      TableClass: { enum: ['STANDARD', 'STANDARD_INFREQUENT_ACCESS'] },
      DeletionProtectionEnabled: boolean,
      PointInTimeRecoverySpecification: object({
        PointInTimeRecoveryEnabled: boolean,
        RecoveryPeriodInDays: { type: 'integer', minimum: 1, maximum: 35 },
      }),
      SSESpecification: object({ SSEEnabled: boolean, SSEType: { enum: ['KMS'] }, KMSMasterKeyId: keyIdentifier }, [
        'SSEEnabled',
      ]),
      TimeToLiveSpecification: object(
        { AttributeName: { type: 'string', minLength: 1, maxLength: 255 }, Enabled: boolean },
        ['Enabled'],
      ),
      StreamSpecification: object(
        { StreamViewType: { enum: ['KEYS_ONLY', 'NEW_IMAGE', 'OLD_IMAGE', 'NEW_AND_OLD_IMAGES'] } },
        ['StreamViewType'],
      ),
      ContributorInsightsSpecification: object(
        {
          Enabled: boolean,
          Mode: { enum: ['ACCESSED_AND_THROTTLED_KEYS', 'THROTTLED_KEYS'] },
        },
        ['Enabled'],
      ),
      Tags: tagsSchema,
    },
    ['KeySchema', 'AttributeDefinitions'],
  ),
  check: ({ SSESpecification: encryption, TimeToLiveSpecification: ttl }) => [
    ...(encryption?.KMSMasterKeyId !== undefined && !encryption.SSEEnabled
      ? [
          invalidProperty(
            'SSESpecification',
            'names a key in KMSMasterKeyId, but SSEEnabled is false; make it true, or remove the key',
          ),
        ]
      : []),
    ...(ttl?.Enabled && ttl.AttributeName === undefined
      ? [invalidProperty('TimeToLiveSpecification.AttributeName', 'is missing, and Enabled is true; name the attribute')]
      : []),
  ],
  start: async (input, context) => {
    const { dynamodb } = context.services;
    const configuration = configurationOf(input, context);
    const { tableName } = configuration;
    const { arn } = await dynamodb.createTable(configuration);
    return {
      ref: tableName,
      attributes: { Arn: arn, ...(input.StreamSpecification && { StreamArn: streamArn(configuration) }) },
      stop: () => dynamodb.deleteTable(tableName),
    };
  },
  update: (input, context) => context.services.dynamodb.updateTable(configurationOf(input, context)),
  immutable: [
    'TableName',
    'KeySchema',
    'AttributeDefinitions',
    'BillingMode',
    'ProvisionedThroughput',
    'GlobalSecondaryIndexes',
    'LocalSecondaryIndexes',
  ],
};

const configurationOf = (input: Properties, context: ResourceContext): TableConfiguration => {
  const { region, accountId, partition } = context.stack;
  return { tableName: input.TableName ?? generatedName(context, 255), region, accountId, partition, input };
};
