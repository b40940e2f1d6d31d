import type { StackResourceSummary } from '@aws-sdk/client-cloudformation';
import { explained, ifPermitted } from './aws-errors.ts';
import type { Connection } from './connection.ts';
import { DeployError } from './errors.ts';

/** Resources that may remain of a deleted stack. */
export interface Leftovers {
  /**
   * ARNs of resources with the stack's tags that CloudFormation did not report as deleted. Undefined if the lookup is not
   * permitted.
   */
  readonly tagged: readonly string[] | undefined;
  /**
   * Existing log groups of the stack's functions and API, which may have been created again. Undefined if the lookup is not
   * permitted.
   */
  readonly logGroups: readonly string[] | undefined;
}

type Resource = Partial<Pick<StackResourceSummary, 'ResourceType' | 'PhysicalResourceId'>>;

/** A deleted stack, with the resources that it had. */
export interface FormerStack {
  readonly name: string;
  readonly project: string | undefined;
  readonly resources: readonly Resource[];
  /** Physical ids of resources that CloudFormation has reported as deleted. */
  readonly deleted: ReadonlySet<string>;
  /** Possible log groups besides those of its resources. */
  readonly moreLogGroups?: readonly string[];
}

/** Finds resources with the stack's tags, and its log groups. */
export const findLeftovers = async (connection: Connection, stack: FormerStack): Promise<Leftovers> => {
  const [tagged, logGroups] = await Promise.all([
    ifPermitted(() => taggedResources(connection, stack)),
    ifPermitted(() => existing(connection, stack)),
  ]);
  return { tagged, logGroups };
};

/** Deletes log groups until the user interrupts. Returns those that remain, with the reason if there is one. */
export const deleteLogGroups = async ({ config, signal }: Connection, names: readonly string[]): Promise<string[]> => {
  const { CloudWatchLogsClient, DeleteLogGroupCommand } = await import('@aws-sdk/client-cloudwatch-logs');
  const client = new CloudWatchLogsClient(config);
  const kept: string[] = [];
  for (const name of names) {
    if (signal.aborted) kept.push(name);
    else {
      try {
        await client.send(new DeleteLogGroupCommand({ logGroupName: name }));
      } catch (error) {
        if (error instanceof Error && error.name === 'ResourceNotFoundException') continue;
        const known = explained(error);
        if (!(known instanceof DeployError)) throw error;
        kept.push(`${name}: ${known.message}`);
      }
    }
  }
  return kept;
};

/**
 * Returns the names of the log groups of these resources, and prefixes that are unique to the stack: a prefix
 * `/aws/lambda/items-` would include the functions of a stack named items-dev.
 */
export const logGroupNames = (
  stackName: string,
  resources: readonly Resource[],
  more: readonly string[] = [],
): { readonly names: readonly string[]; readonly prefixes: readonly string[] } => {
  const idsOf = (type: string) => [
    ...new Set(resources.flatMap(({ ResourceType, PhysicalResourceId: id }) => (ResourceType === type && id ? [id] : []))),
  ];
  const ofFunctions = idsOf('AWS::Lambda::Function').map((name) => `/aws/lambda/${name}`);
  return {
    names: [...new Set([...idsOf('AWS::Logs::LogGroup'), ...ofFunctions, ...more])],
    prefixes: [
      `items-api/${stackName}/`,
      ...idsOf('AWS::ApiGateway::RestApi').map((id) => `API-Gateway-Execution-Logs_${id}/`),
    ],
  };
};

/**
 * Returns the tagged resources that remain. Tags are still listed for a while after a resource is deleted, so resources that
 * CloudFormation has reported as deleted are excluded, as are resources of another stack with the same Project tag.
 */
export const remainingTagged = (
  mappings: readonly { readonly arn: string; readonly tags: Readonly<Record<string, string>> }[],
  { name, resources, deleted }: FormerStack,
): string[] => {
  const ids = resources.flatMap(({ PhysicalResourceId: id }) => id || []);
  return mappings
    .filter(({ arn, tags }) => {
      const owner = tags['aws:cloudformation:stack-name'];
      return owner === undefined ? ids.some((id) => isArnOf(arn, id)) : owner === name;
    })
    .map(({ arn }) => arn)
    .filter((arn) => ![...deleted].some((id) => isArnOf(arn, id)));
};

const isArnOf = (arn: string, id: string): boolean =>
  arn === id || arn.endsWith(`/${id}`) || arn.endsWith(`:${id}`) || arn.endsWith(`:${id}:*`);

const taggedResources = async ({ config, signal }: Connection, stack: FormerStack): Promise<string[]> => {
  const { ResourceGroupsTaggingAPIClient, paginateGetResources } = await import(
    '@aws-sdk/client-resource-groups-tagging-api'
  );
  const client = new ResourceGroupsTaggingAPIClient(config);
  const filters = [
    { Key: 'aws:cloudformation:stack-name', Values: [stack.name] },
    ...(stack.project ? [{ Key: 'Project', Values: [stack.project] }] : []),
  ];
  const arns = new Set<string>();
  for (const filter of filters) {
    const pages = paginateGetResources({ client }, { TagFilters: [filter] }, { abortSignal: signal });
    for await (const { ResourceTagMappingList: list = [] } of pages) {
      const mappings = list.map(({ ResourceARN: arn = '', Tags: tags = [] }) => ({
        arn,
        tags: Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value])),
      }));
      for (const arn of remainingTagged(mappings, stack)) arns.add(arn);
    }
  }
  return [...arns].sort();
};

const existing = async ({ config, signal }: Connection, stack: FormerStack): Promise<string[]> => {
  const { CloudWatchLogsClient, paginateDescribeLogGroups } = await import('@aws-sdk/client-cloudwatch-logs');
  const client = new CloudWatchLogsClient(config);
  const { names, prefixes } = logGroupNames(stack.name, stack.resources, stack.moreLogGroups);
  const found = new Set<string>();
  for (const prefix of [...names, ...prefixes]) {
    const pages = paginateDescribeLogGroups({ client }, { logGroupNamePrefix: prefix }, { abortSignal: signal });
    for await (const { logGroups = [] } of pages) {
      for (const { logGroupName: group = '' } of logGroups) {
        if (group === prefix || (prefixes.includes(prefix) && group.startsWith(prefix))) found.add(group);
      }
    }
  }
  return [...found].sort();
};
