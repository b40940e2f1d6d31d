import { ifPermitted } from './aws-errors.ts';
import type { Connection } from './connection.ts';
import type { Template } from './template.ts';

/**
 * A parameter that the user has not set and that depends on the account. Without a value, the stack's current value remains, or
 * the default applies.
 */
export interface AccountDefault {
  readonly parameter: string;
  readonly value?: string;
  readonly why: string;
}

/** Facts about the account. A member is `undefined` if the call is not supported or not permitted. */
export interface Account {
  /** Id of the region's prefix list of DynamoDB; null if the region has none. */
  readonly prefixListId?: string | null;
  /** The role that API Gateway logs with; null if there is none. `exists` is undefined if the lookup is not permitted. */
  readonly logRole?: { readonly arn: string; readonly exists: boolean | undefined } | null;
}

/** The parameters that are decided here, unless the user sets them. */
export const decided = { prefixList: 'DynamoDbPrefixListId', logRole: 'ManageApiGatewayAccount' } as const;

/** Reads the facts that the unset parameters of the template depend on. */
export const readAccount = async (
  connection: Connection,
  { parameters }: Pick<Template, 'parameters'>,
  given: Readonly<Record<string, string>>,
): Promise<Account> => {
  const isOpen = (name: string) => parameters.has(name) && given[name] === undefined;
  const [prefixListId, logRole] = await Promise.all([
    isOpen(decided.prefixList) ? ifPermitted(() => prefixListOf(connection)) : undefined,
    isOpen(decided.logRole) ? ifPermitted(() => logRoleOf(connection)) : undefined,
  ]);
  return { ...(prefixListId !== undefined && { prefixListId }), ...(logRole !== undefined && { logRole }) };
};

/**
 * Returns the values of parameters that depend on the account. `ownsLogRole`: the stack already has an AWS::ApiGateway::Account.
 */
export const accountDefaults = (
  { parameters }: Pick<Template, 'parameters'>,
  given: Readonly<Record<string, string>>,
  account: Account,
  ownsLogRole: boolean,
): AccountDefault[] => {
  const nat = given.NatGateways ?? parameters.get('NatGateways')?.Default;
  return [
    { parameter: decided.prefixList, ...prefixListDecision(account, nat) },
    { parameter: decided.logRole, ...logRoleDecision(account, ownsLogRole) },
  ].filter(({ parameter }) => parameters.has(parameter) && given[parameter] === undefined);
};

type Choice = Omit<AccountDefault, 'parameter'>;

const prefixListDecision = ({ prefixListId: id }: Account, nat: string | undefined): Choice => {
  if (nat !== 'None') {
    const why = 'functions may call any host over HTTPS, through NAT; set it to let them out to DynamoDB only';
    return { value: '', why };
  }
  if (id === undefined) return { why: 'the prefix list of DynamoDB could not be read' };
  if (id === null) return { value: '', why: 'the region has no prefix list of DynamoDB' };
  return { value: id, why: 'functions without NAT need access only to DynamoDB, and this is its prefix list here' };
};

const logRoleDecision = ({ logRole }: Account, owns: boolean): Choice => {
  if (owns) return { value: 'true', why: 'this stack has set the role that API Gateway logs with' };
  if (logRole === undefined) return { why: 'the role that API Gateway logs with could not be read' };
  if (logRole === null) return { value: 'true', why: 'API Gateway has no role to log with in this region yet' };
  if (logRole.exists === false)
    return { value: 'true', why: `API Gateway logs with ${logRole.arn}, which does not exist any more` };
  const doubt = logRole.exists ? '' : ' (its existence could not be verified)';
  return { value: 'false', why: `API Gateway logs with ${logRole.arn} in this region already${doubt}` };
};

const prefixListOf = async ({ region, config, signal }: Connection): Promise<string | null> => {
  const { EC2Client, DescribeManagedPrefixListsCommand } = await import('@aws-sdk/client-ec2');
  const filter = { Name: 'prefix-list-name', Values: [`com.amazonaws.${region}.dynamodb`] };
  const { PrefixLists: lists = [] } = await new EC2Client(config).send(
    new DescribeManagedPrefixListsCommand({ Filters: [filter] }),
    { abortSignal: signal },
  );
  return lists[0]?.PrefixListId ?? null;
};

/**
 * Returns the logging role of API Gateway. After the deletion of a stack with an AWS::ApiGateway::Account, the setting remains
 * (CloudFormation's template reference) and names a role that was deleted with the stack, so the role is looked up as well.
 */
const logRoleOf = async ({ config, signal }: Connection): Promise<NonNullable<Account['logRole']> | null> => {
  const { APIGatewayClient, GetAccountCommand } = await import('@aws-sdk/client-api-gateway');
  const asking = { abortSignal: signal };
  const { cloudwatchRoleArn: arn } = await new APIGatewayClient(config).send(new GetAccountCommand({}), asking);
  if (!arn) return null;
  const { IAMClient, GetRoleCommand } = await import('@aws-sdk/client-iam');
  const exists = await ifPermitted(async () => {
    try {
      await new IAMClient(config).send(new GetRoleCommand({ RoleName: arn.split('/').at(-1) }), asking);
      return true;
    } catch (error) {
      if (error instanceof Error && /^NoSuchEntity/.test(error.name)) return false;
      throw error;
    }
  });
  return { arn, exists };
};
