import { createHash } from 'node:crypto';
import { createDynamoDb } from './dynamodb/index.ts';
import { LocalError, Problems } from './errors.ts';
import { createGateway, type RequestRecord } from './gateway/index.ts';
import { createIam } from './iam/index.ts';
import { evaluateConditions } from './intrinsics/conditions.ts';
import { failAt } from './intrinsics/scope.ts';
import { createLambda } from './lambda/index.ts';
import { createLogs, type LogEvent } from './logs.ts';
import { createNetwork } from './network/index.ts';
import { resolveParameters } from './parameters.ts';
import { evaluateOutput, type Plan, planStack, type StackScope } from './plan.ts';
import type { Services } from './resource.ts';
import { resourceTypes } from './resources/index.ts';
import { checkRules } from './rules.ts';
import { type RunningResources, startResources } from './stack.ts';
import type { StackIdentity } from './stack-identity.ts';
import { checkReferences } from './template/references.ts';
import { parseTemplate } from './template/template.ts';

export interface StartOptions {
  /** Values of the template's parameters; its defaults fill in. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Port of the REST API; 0, the default, is a free one. */
  readonly port?: number;
  /** Address to listen on; 127.0.0.1 unless told otherwise. */
  readonly host?: string;
  /** Folder that keeps the tables from one start to the next; without one they are in memory. */
  readonly data?: string;
  /** A DynamoDB endpoint to use instead of the twin's own, such as DynamoDB Local. */
  readonly dynamoDbEndpoint?: string;
  readonly region?: string;
  /** Twelve digits. */
  readonly accountId?: string;
  readonly stackName?: string;
  /** Told every line that goes to a log group. */
  onLog?(event: LogEvent): void;
  /** Told every request once it is answered. */
  onRequest?(record: RequestRecord): void;
  /** Told every failure that no caller is there to be told: of a request, or of the database. */
  onError?(error: unknown): void;
}

/** A stack that runs. */
export interface Stack {
  readonly outputs: readonly Output[];
  /** Value of the first API key that the template makes. */
  readonly apiKey?: string;
  /** Deletes the stack in reverse order. Settles once no process and no socket of it is left; again and again the same. */
  stop(): Promise<void>;
}

export interface Output {
  readonly key: string;
  /** Invoke URLs stand as those of the local server. */
  readonly value: string;
  readonly description?: string;
}

/**
 * Creates the stack of a template (YAML or JSON) and serves its REST API. Faults of the template or the options are a
 * LocalError, all that can be found before anything starts in one.
 */
export const start = async (text: string, options: StartOptions = {}): Promise<Stack> => {
  const stack = identity(options);
  // The database takes longest to start: it does so in its own process while the template is read here.
  const services = await createServices(stack, options);
  let resources: RunningResources | undefined;
  try {
    const { plan, scope } = prepare(text, stack, options);
    resources = await startResources(plan, scope, services);
    const apiKey = apiKeyOf(plan, resources, services);
    const outputs = outputsOf(plan, { ...scope, resources }, services);
    const stop = once(() => stopAll(resources, services));
    return { outputs, stop, ...(apiKey !== undefined && { apiKey }) };
  } catch (error) {
    await stopAll(resources, services);
    throw error;
  }
};

const identity = ({
  region = 'us-east-1',
  accountId = '123456789012',
  stackName = 'items-local',
}: StartOptions): StackIdentity => {
  const partition = region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
  const digest = createHash('sha256').update(`${accountId} ${region} ${stackName}`).digest('hex');
  const uuid = digest.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
  return {
    name: stackName,
    // Always the same for the same stack, and with it every id that derives from it.
    id: `arn:${partition}:cloudformation:${region}:${accountId}:stack/${stackName}/${uuid}`,
    region,
    accountId,
    partition,
    urlSuffix: partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com',
  };
};

/** Everything that can be said about a stack before anything starts. */
const prepare = (text: string, stack: StackIdentity, options: StartOptions): { plan: Plan; scope: StackScope } => {
  const template = parseTemplate(text);
  const parameters = resolveParameters(template.parameters, options.parameters);
  const base = { stack, parameters, mappings: template.mappings };
  const conditions = evaluateConditions(template.conditions, base);
  const scope = { ...base, condition: (name: string) => conditions.get(name) };
  const problems = new Problems();
  checkRules(template.rules, base, problems);
  checkReferences(template, problems);
  const plan = planStack(template, resourceTypes, scope, problems);
  problems.throwIfAny();
  return { plan, scope };
};

const createServices = async (stack: StackIdentity, options: StartOptions): Promise<Services> => {
  const logs = createLogs((event) => options.onLog?.(event));
  const dynamodb = await createDynamoDb({
    region: stack.region,
    accountId: stack.accountId,
    ...(options.data !== undefined && { data: options.data }),
    ...(options.dynamoDbEndpoint !== undefined && { endpoint: options.dynamoDbEndpoint }),
    onFault: (message) => options.onError?.(new LocalError('RESOURCE_FAILED', message)),
  });
  const lambda = createLambda({
    logs,
    dynamoDbEndpoint: dynamodb.endpoint,
  });
  const gateway = createGateway({
    stack,
    lambda,
    logs,
    ...(options.host !== undefined && { host: options.host }),
    ...(options.port !== undefined && { port: options.port }),
    onRequest: (record) => options.onRequest?.(record),
    onError: (error) => options.onError?.(error),
  });
  return { logs, dynamodb, lambda, gateway, network: createNetwork(), iam: createIam() };
};

/** Whatever fails on the way, everything is stopped; the first failure is raised then. */
const stopAll = async (resources: RunningResources | undefined, { gateway, lambda, dynamodb }: Services): Promise<void> => {
  const results: PromiseSettledResult<void>[] = [];
  for (const service of [resources, gateway, lambda, dynamodb])
    results.push(...(await Promise.allSettled([service?.stop()])));
  const failure = results.find((result) => result.status === 'rejected');
  if (failure) throw failure.reason;
};

const apiKeyOf = (plan: Plan, resources: RunningResources, { gateway }: Services): string | undefined => {
  const key = plan.resources.find(({ type }) => type.type === 'AWS::ApiGateway::ApiKey');
  const keyId = key && resources.ref(key.logicalId, failAt(key.owner));
  return typeof keyId === 'string' ? gateway.usage.apiKey(keyId)?.value : undefined;
};

const outputsOf = (
  plan: Plan,
  scope: StackScope & { readonly resources: RunningResources },
  { gateway }: Services,
): Output[] => {
  const { region, urlSuffix } = scope.stack;
  const invokeUrl = new RegExp(`https://([a-z0-9]+)\\.execute-api\\.${region}\\.${urlSuffix.replaceAll('.', '\\.')}`, 'g');
  const local = (value: string): string => value.replace(invokeUrl, (url, apiId: string) => gateway.baseUrl(apiId) ?? url);
  return [...plan.outputs].map(([key, output]) => ({
    key,
    value: local(evaluateOutput(output, { ...scope, owner: `Outputs.${key}` })),
    ...(output.Description !== undefined && { description: String(output.Description) }),
  }));
};

const once = (action: () => Promise<void>): (() => Promise<void>) => {
  let result: Promise<void> | undefined;
  return () => {
    result ??= action();
    return result;
  };
};
