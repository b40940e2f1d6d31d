import { LocalError } from '../../cloudformation/errors.ts';
import type { Upstream } from './upstream.ts';

/** Configuration of an `AWS::DynamoDB::Table`, in the terms of CreateTable. */
export interface TableConfiguration {
  readonly tableName: string;
  readonly region: string;
  readonly accountId: string;
  /** `aws` without one. */
  readonly partition?: string;
  /** CreateTable input as the template gives it (KeySchema, AttributeDefinitions, BillingMode, …). */
  readonly input: Readonly<Record<string, unknown>>;
}

export const tableArn = ({ partition = 'aws', region, accountId, tableName }: TableConfiguration): string =>
  `arn:${partition}:dynamodb:${region}:${accountId}:table/${tableName}`;

/** The stream of a table. On AWS the label is the time when the stream was created; here it is the same at every start. */
export const streamArn = (table: TableConfiguration): string => `${tableArn(table)}/stream/${streamLabel}`;

export const streamLabel = '2026-01-01T00:00:00.000';

/**
 * Creates a table and waits until it is active. One that is there already, from an earlier run, is used as it is if its keys
 * and indexes are those of the template. `place` names where tables are kept, `remedy` what to do if they differ.
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

/** The properties of the resource that CreateTable takes; the others are settings of their own in the API. */
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
  // dynalite makes a table active right after its response to CreateTable, so that the first or second response is the last.
  for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
    const { ok, output } = await upstream.call('DescribeTable', { TableName: tableName });
    const table = output.Table as TableDescription | undefined;
    if (ok && table?.TableStatus === 'ACTIVE') return table;
  }
  throw new LocalError(
    'RESOURCE_FAILED',
    `Table ${tableName} does not become active. Look at the DynamoDB endpoint's own log.`,
  );
};

/** Keys, their types and indexes in a form that is equal for equal schemas and reads well in a message. */
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
