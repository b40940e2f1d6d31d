import type { StackIdentity } from '../../cloudformation/stack-identity.ts';
import type { CredentialStore } from './credentials.ts';
import { user } from './identity.ts';

/** An access key, and the region that signatures made with it name. */
export interface SigningKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly region: string;
}

/** An access key for whoever runs the twin: of a user, `local`, who may call every API and do nothing else. */
export const issueSigningKey = (stack: StackIdentity, credentials: CredentialStore): SigningKey => {
  const policy = { Statement: { Effect: 'Allow', Action: 'execute-api:Invoke', Resource: '*' } } as const;
  const { accessKeyId, secretAccessKey } = credentials.issueLongTerm(user(stack, 'local', policy));
  return { accessKeyId, secretAccessKey, region: stack.region };
};

/** Permission of a key's user on the tables of the account. */
export type TableAccess = 'read' | 'full';

/** An access key for DynamoDB: of a user who may read the tables, or may call every operation. */
export const issueTableKey = (stack: StackIdentity, credentials: CredentialStore, access: TableAccess): SigningKey => {
  const policy = { Statement: { Effect: 'Allow', Action: tableActions[access], Resource: '*' } } as const;
  const { accessKeyId, secretAccessKey } = credentials.issueLongTerm(user(stack, `local-${access}`, policy));
  return { accessKeyId, secretAccessKey, region: stack.region };
};

const tableActions: Readonly<Record<TableAccess, readonly string[]>> = {
  read: ['GetItem', 'Query', 'Scan', 'DescribeTable', 'ListTables'].map((operation) => `dynamodb:${operation}`),
  full: ['dynamodb:*'],
};
