import type { JsonObject } from '../../cloudformation/json.ts';
import type { ErrorResponse } from './error-response.ts';
import { streamArn, streamLabel, type TableConfiguration, tableArn } from './tables.ts';
import type { Upstream } from './upstream.ts';

/** Result of an operation of the control plane. */
export type ControlPlaneResult = { readonly output: JsonObject } | ErrorResponse;

/** A table of the stack, and the settings that the control plane may change. */
export interface Table {
  readonly configuration: TableConfiguration;
  deletionProtectionEnabled: boolean;
}

/**
 * Runs the operations on properties that the database does not support: backups, protection, encryption, table class. Returns
 * undefined for all other operations, and for tables outside the stack (an error for DescribeContinuousBackups).
 */
export const runControlPlane = async (
  operation: string,
  input: JsonObject,
  tables: ReadonlyMap<string, Table>,
  upstream: Upstream,
): Promise<ControlPlaneResult | undefined> => {
  const table = typeof input.TableName === 'string' ? tables.get(input.TableName) : undefined;
  switch (operation) {
    case 'DescribeContinuousBackups':
      return table ? { output: continuousBackups(table) } : noSuchTable(input);
    case 'DescribeTimeToLive':
      return table && { output: { TimeToLiveDescription: timeToLive(table) } };
    case 'DescribeTable':
      return table && describe(table, upstream);
    case 'DeleteTable':
      return table?.deletionProtectionEnabled ? protectedTable : undefined;
    case 'UpdateTable':
      return table && typeof input.DeletionProtectionEnabled === 'boolean' ? update(table, input, upstream) : undefined;
    default:
      return undefined;
  }
};

const continuousBackups = ({ configuration }: Table): JsonObject => {
  const { PointInTimeRecoveryEnabled: enabled = false, RecoveryPeriodInDays: days = 35 } = objectOf(
    configuration.input.PointInTimeRecoverySpecification,
  );
  return {
    ContinuousBackupsDescription: {
      ContinuousBackupsStatus: 'ENABLED',
      PointInTimeRecoveryDescription: {
        PointInTimeRecoveryStatus: enabled === true ? 'ENABLED' : 'DISABLED',
        ...(enabled === true && { RecoveryPeriodInDays: days }),
      },
    },
  };
};

const timeToLive = ({ configuration }: Table): JsonObject => {
  const { Enabled: enabled, AttributeName: name } = objectOf(configuration.input.TimeToLiveSpecification);
  return enabled === true ? { TimeToLiveStatus: 'ENABLED', AttributeName: String(name) } : { TimeToLiveStatus: 'DISABLED' };
};

const describe = async (table: Table, upstream: Upstream): Promise<ControlPlaneResult | undefined> => {
  const { ok, output } = await upstream.call('DescribeTable', { TableName: table.configuration.tableName });
  return ok ? { output: { Table: { ...objectOf(output.Table), ...ownProperties(table) } } } : undefined;
};

const ownProperties = (table: Table): JsonObject => {
  const { configuration, deletionProtectionEnabled } = table;
  const { SSESpecification, StreamSpecification, TableClass } = configuration.input;
  const { StreamViewType } = objectOf(StreamSpecification);
  const { SSEEnabled, KMSMasterKeyId } = objectOf(SSESpecification);
  return {
    TableArn: tableArn(configuration),
    DeletionProtectionEnabled: deletionProtectionEnabled,
    ...(SSEEnabled === true && {
      SSEDescription: {
        Status: 'ENABLED',
        SSEType: 'KMS',
        ...(KMSMasterKeyId !== undefined && { KMSMasterKeyArn: KMSMasterKeyId }),
      },
    }),
    ...(StreamViewType !== undefined && {
      StreamSpecification: { StreamEnabled: true, StreamViewType },
      LatestStreamLabel: streamLabel,
      LatestStreamArn: streamArn(configuration),
    }),
    ...(TableClass !== undefined && { TableClassSummary: { TableClass: String(TableClass) } }),
  };
};

/** Changes deletion protection. Rejects a call that changes other properties as well. */
const update = async (table: Table, input: JsonObject, upstream: Upstream): Promise<ControlPlaneResult | undefined> => {
  const { DeletionProtectionEnabled: wanted, TableName: _name, ...others } = input;
  if (Object.keys(others).length > 0) {
    return {
      type: 'ValidationException',
      message: 'The local twin supports DeletionProtectionEnabled only in a separate UpdateTable call',
    };
  }
  table.deletionProtectionEnabled = wanted === true;
  const described = await describe(table, upstream);
  return described && 'output' in described ? { output: { TableDescription: described.output.Table ?? {} } } : described;
};

const noSuchTable = (input: JsonObject): ErrorResponse => ({
  type: 'TableNotFoundException',
  message: `Table not found: ${String(input.TableName)}`,
});

const protectedTable: ErrorResponse = {
  type: 'ValidationException',
  message: 'Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.',
};

const objectOf = (value: unknown): JsonObject => (typeof value === 'object' && value !== null ? (value as JsonObject) : {});
