import type { Fact, Site } from './fact.ts';

/** Facts about the account while the stack exists. */
export const accountFacts: readonly Fact[] = [
  {
    name: 'logging role',
    statement: 'A stage with logs needs a role of the account and region that API Gateway logs with.',
    source: 'docs/operations.md',
    how: 'GetAccount of API Gateway and GetRole of IAM',
    expected: 'set, and the role exists',
    observe: logRole,
  },
];

/** Facts about what remains after the stack is deleted. */
export const deletionFacts: readonly Fact[] = [
  {
    name: 'duration of the deletion',
    statement: 'Deleting a stack takes 20 to 40 minutes, because Lambda releases its network interfaces late.',
    source: 'README.md',
    how: 'time of `items destroy`',
    expected: '20 to 40 minutes',
    isSame: (observed) => Number.parseInt(observed, 10) >= 20 && Number.parseInt(observed, 10) <= 40,
    observe: async ({ deletion }) => (deletion === undefined ? undefined : `${Math.round(deletion / 60_000)} minutes`),
  },
  {
    name: 'logging role after the deletion',
    statement: 'Deleting a stack that set the logging role deletes the role, but not the setting.',
    source: 'docs/operations.md',
    how: 'GetAccount of API Gateway and GetRole of IAM',
    expected: 'set, but the role does not exist',
    observe: async (site) => (site.resources.has('ApiGatewayAccount') ? logRole(site) : undefined),
  },
  {
    name: 'backup of the table',
    statement: 'DynamoDB keeps a system backup of the deleted table for 35 days.',
    source: 'README.md',
    how: 'ListBackups of DynamoDB',
    expected: 'one, for 35 days',
    observe: tableBackup,
  },
];

async function logRole({ connection: { config }, signal }: Site): Promise<string> {
  const asking = { abortSignal: signal };
  const { APIGatewayClient, GetAccountCommand } = await import('@aws-sdk/client-api-gateway');
  const { cloudwatchRoleArn: arn } = await new APIGatewayClient(config).send(new GetAccountCommand({}), asking);
  if (!arn) return 'not set';
  const { IAMClient, GetRoleCommand } = await import('@aws-sdk/client-iam');
  try {
    await new IAMClient(config).send(new GetRoleCommand({ RoleName: arn.split('/').at(-1) }), asking);
    return 'set, and the role exists';
  } catch (error) {
    if (error instanceof Error && error.name.startsWith('NoSuchEntity')) return 'set, but the role does not exist';
    throw error;
  }
}

async function tableBackup({ connection: { config }, resources, signal }: Site): Promise<string | undefined> {
  const TableName = resources.get('ItemsTable');
  if (TableName === undefined) return undefined;
  const { DynamoDBClient, ListBackupsCommand } = await import('@aws-sdk/client-dynamodb');
  const question = new ListBackupsCommand({ TableName, BackupType: 'ALL' });
  const { BackupSummaries: backups = [] } = await new DynamoDBClient(config).send(question, { abortSignal: signal });
  const [backup] = backups;
  if (!backup) return 'none';
  const { BackupCreationDateTime: from, BackupExpiryDateTime: to } = backup;
  const days = from && to ? Math.round((to.getTime() - from.getTime()) / 86_400_000) : undefined;
  return `${backups.length === 1 ? 'one' : backups.length}, ${days === undefined ? 'without an end' : `for ${days} days`}`;
}
