import type { StackIdentity } from '../../cloudformation/stack-identity.ts';
import type { CredentialStore } from './credentials.ts';
import { user } from './identity.ts';

/** An access key, and the region of its signatures. */
export interface SigningKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly region: string;
}

/** Issues an access key for the user of the twin. Its IAM user, `local`, may call every API and nothing else. */
export const issueSigningKey = (stack: StackIdentity, credentials: CredentialStore): SigningKey => {
  const policy = { Statement: { Effect: 'Allow', Action: 'execute-api:Invoke', Resource: '*' } } as const;
  const { accessKeyId, secretAccessKey } = credentials.issueLongTerm(user(stack, 'local', policy));
  return { accessKeyId, secretAccessKey, region: stack.region };
};

/** Permission of the key's user on the tables of the account. */
export type TableAccess = 'read' | 'full';

/** Issues an access key for DynamoDB. Its IAM user may read the tables, or call every operation. */
export const issueTableKey = (stack: StackIdentity, credentials: CredentialStore, access: TableAccess): SigningKey => {
  const policy = { Statement: { Effect: 'Allow', Action: tableActions[access], Resource: '*' } } as const;
  const { accessKeyId, secretAccessKey } = credentials.issueLongTerm(user(stack, `local-${access}`, policy));
  return { accessKeyId, secretAccessKey, region: stack.region };
};

const tableActions: Readonly<Record<TableAccess, readonly string[]>> = {
  read: ['GetItem', 'Query', 'Scan', 'DescribeTable', 'ListTables'].map((operation) => `dynamodb:${operation}`),
  full: ['dynamodb:*'],
};
