import { LocalError } from '../../cloudformation/errors.ts';
import type { Upstream } from './upstream.ts';

/** Configuration of an `AWS::DynamoDB::Table`, in the terms of CreateTable. */
export interface TableConfiguration {
  readonly tableName: string;
  readonly region: string;
  readonly accountId: string;
  /** `aws` if undefined. */
  readonly partition?: string;
  /** CreateTable input as the template gives it (KeySchema, AttributeDefinitions, BillingMode, …). */
  readonly input: Readonly<Record<string, unknown>>;
}

export const tableArn = ({ partition = 'aws', region, accountId, tableName }: TableConfiguration): string =>
  `arn:${partition}:dynamodb:${region}:${accountId}:table/${tableName}`;

/** Returns the ARN of the stream of a table. On AWS the label is the creation time of the stream; here it is always the same. */
export const streamArn = (table: TableConfiguration): string => `${tableArn(table)}/stream/${streamLabel}`;

export const streamLabel = '2026-01-01T00:00:00.000';

/**
 * Creates a table and waits until it is active. A table from an earlier run is used if its keys and indexes match the template.
 * Otherwise it throws a LocalError; `place` is where tables are stored, `remedy` is how to fix the difference.
 */
export const createTable = async (
  upstream: Upstream,
  { tableName, input }: TableConfiguration,
  { place, remedy }: { readonly place: string; readonly remedy: string },
): Promise<void> => {
  const { ok, output } = await upstream.call('CreateTable', { TableName: tableName, ...createTableInput(input) });
  if (ok) {
    await untilActive(upstream, tableName);
    return;
  }
  if (!String(output.__type).endsWith('ResourceInUseException')) {
    const reason = output.message ?? output.Message ?? output.__type;
    throw new LocalError('RESOURCE_FAILED', `Table ${tableName} cannot be created: ${reason}`);
  }
  const found = schemaOf(await untilActive(upstream, tableName));
  const wanted = schemaOf(input);
  if (found !== wanted) {
    const message = `Table ${tableName} in ${place} has other keys or indexes than the template (${found}, not ${wanted}). ${remedy}`;
    throw new LocalError('RESOURCE_FAILED', message);
  }
};

/** Deletes a table and waits until it is gone, as CloudFormation does. Rejects if the database has ended. */
export const deleteTable = async (upstream: Pick<Upstream, 'call'>, tableName: string): Promise<void> => {
  await upstream.call('DeleteTable', { TableName: tableName });
  // dynalite removes a table a moment after its response to DeleteTable.
  for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
    const { ok } = await upstream.call('DescribeTable', { TableName: tableName });
    if (!ok) return;
  }
};

/** Selects the properties that CreateTable accepts. The API has other calls for the rest. */
const createTableInput = (input: TableConfiguration['input']): object =>
  Object.fromEntries(
    [
      'AttributeDefinitions',
      'KeySchema',
      'BillingMode',
      'ProvisionedThroughput',
      'GlobalSecondaryIndexes',
      'LocalSecondaryIndexes',
    ].flatMap((name) => (input[name] === undefined ? [] : [[name, input[name]]])),
  );

const untilActive = async (upstream: Upstream, tableName: string): Promise<TableDescription> => {
  // dynalite makes a table active right after its response to CreateTable: the first or the second response has the status
  // ACTIVE.
  for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
    const { ok, output } = await upstream.call('DescribeTable', { TableName: tableName });
    const table = output.Table as TableDescription | undefined;
    if (ok && table?.TableStatus === 'ACTIVE') return table;
  }
  throw new LocalError(
    'RESOURCE_FAILED',
    `Table ${tableName} does not become active. See the log of the DynamoDB endpoint.`,
  );
};

/** Returns the keys, their types and the indexes as text for comparison and for messages. Equal schemas have equal texts. */
const schemaOf = (table: TableDescription): string => {
  const types = new Map(table.AttributeDefinitions?.map((attribute) => [attribute.AttributeName, attribute.AttributeType]));
  const keys = (schema: KeySchema | undefined): string =>
    (schema ?? []).map(({ AttributeName: name, KeyType }) => `${name} ${types.get(name)} ${KeyType}`).join(', ');
  const indexes = [...(table.GlobalSecondaryIndexes ?? []), ...(table.LocalSecondaryIndexes ?? [])]
    .map((index) => `; index ${index.IndexName}: ${keys(index.KeySchema)}`)
    .sort();
  return keys(table.KeySchema) + indexes.join('');
};

type KeySchema = readonly { readonly AttributeName: string; readonly KeyType: string }[];
type Indexes = readonly { readonly IndexName: string; readonly KeySchema: KeySchema }[];

interface TableDescription {
  readonly TableStatus?: string;
  readonly KeySchema?: KeySchema;
  readonly AttributeDefinitions?: readonly { readonly AttributeName: string; readonly AttributeType: string }[];
  readonly GlobalSecondaryIndexes?: Indexes;
  readonly LocalSecondaryIndexes?: Indexes;
}

const maxAttempts = 1000;
