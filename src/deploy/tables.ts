import type { StackResourceSummary } from '@aws-sdk/client-cloudformation';
import { ifPermitted } from './aws-errors.ts';
import type { Connection } from './connection.ts';

/** A table of a stack. */
export interface Table {
  readonly name: string;
  /** Number of items, up to six hours old: DynamoDB updates it no more often. Undefined if the table cannot be described. */
  readonly itemCount: number | undefined;
  readonly isProtected: boolean;
}

/** Returns the tables of a stack. */
export const tablesOf = async (
  { config, signal }: Connection,
  resources: readonly StackResourceSummary[],
): Promise<readonly Table[]> => {
  const names = resources.flatMap(({ ResourceType: type, PhysicalResourceId: name }) =>
    type === 'AWS::DynamoDB::Table' && name ? [name] : [],
  );
  if (names.length === 0) return [];
  const { DynamoDBClient, DescribeTableCommand } = await import('@aws-sdk/client-dynamodb');
  const client = new DynamoDBClient(config);
  return Promise.all(
    names.map(async (name) => {
      const table = await ifPermitted(async () => {
        try {
          return (await client.send(new DescribeTableCommand({ TableName: name }), { abortSignal: signal })).Table;
        } catch (error) {
          if (error instanceof Error && error.name === 'ResourceNotFoundException') return undefined;
          throw error;
        }
      });
      return { name, itemCount: table?.ItemCount, isProtected: table?.DeletionProtectionEnabled === true };
    }),
  );
};
