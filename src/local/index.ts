import { createDynamoDb } from './dynamodb/index.ts';
import { LocalError } from './errors.ts';
import { createGateway, type RequestRecord } from './gateway/index.ts';
import { createIam } from './iam/index.ts';
import { failAt } from './intrinsics/scope.ts';
import { createLambda } from './lambda/index.ts';
import { createLogs, type LogEvent } from './logs.ts';
import { createNetwork } from './network/index.ts';
import { evaluateOutput, type Plan, type StackScope } from './plan.ts';
import { prepare } from './prepare.ts';
import type { Services } from './resource.ts';
import { type RunningResources, startResources } from './stack.ts';
import { type StackIdentity, stackIdentity } from './stack-identity.ts';
import type { Template } from './template/template.ts';

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
  /** Gives a start up: it ends with the signal's reason as soon as all that it started is stopped. */
  readonly signal?: AbortSignal;
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
  /** Why every request will be refused, and what to do, if that is certain. */
  readonly refusal?: string;
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
 * LocalError. One tells all that is wrong with the template's form, another all that is wrong with the parameters, another
 * all that is wrong with rules, references, types and properties; each stands on what the one before has checked.
 */
export const start = async (text: string, options: StartOptions = {}): Promise<Stack> => {
  const stack = stackIdentity(options);
  const { signal } = options;
  // The database takes longest to start: it does so in its own process while the template is read here.
  const services = await createServices(stack, options);
  // A database that does not answer is all that a start can hang on.
  const giveUp = (): void => void services.dynamodb.stop().catch(() => {});
  signal?.addEventListener('abort', giveUp);
  let resources: RunningResources | undefined;
  try {
    signal?.throwIfAborted();
    const { template, plan, scope } = prepare(text, stack, options.parameters);
    resources = await startResources(plan, scope, services);
    signal?.throwIfAborted();
    const apiKey = apiKeyOf(plan, resources, services);
    const outputs = outputsOf(plan, { ...scope, resources }, services);
    const stop = once(() => stopAll(resources, services));
    const refusal = refusalOf(template, services);
    return { outputs, stop, ...(apiKey !== undefined && { apiKey }), ...(refusal !== undefined && { refusal }) };
  } catch (error) {
    await stopAll(resources, services).catch((failure: unknown) => options.onError?.(failure));
    throw signal?.aborted ? signal.reason : error;
  } finally {
    signal?.removeEventListener('abort', giveUp);
  }
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
  try {
    return { logs, dynamodb, ...createApiServices(stack, options, { logs, dynamodb }) };
  } catch (error) {
    await dynamodb.stop();
    throw error;
  }
};

const createApiServices = (
  stack: StackIdentity,
  options: StartOptions,
  { logs, dynamodb }: Pick<Services, 'logs' | 'dynamodb'>,
): Omit<Services, 'logs' | 'dynamodb'> => {
  const lambda = createLambda({ logs, dynamoDbEndpoint: dynamodb.endpoint });
  const gateway = createGateway({
    stack,
    lambda,
    logs,
    ...(options.host !== undefined && { host: options.host }),
    ...(options.port !== undefined && { port: options.port }),
    onRequest: (record) => options.onRequest?.(record),
    onError: (error) => options.onError?.(error),
  });
  return { lambda, gateway, network: createNetwork(), iam: createIam() };
};

/**
 * Whatever fails on the way, everything is stopped; the first failure is raised then. The gateway goes first: requests that
 * come while the stack is deleted under them would get answers that no stack of AWS's gives.
 */
const stopAll = async (resources: RunningResources | undefined, { gateway, lambda, dynamodb }: Services): Promise<void> => {
  const results: PromiseSettledResult<void>[] = [];
  for (const service of [gateway, resources, lambda, dynamodb])
    results.push(...(await Promise.allSettled([service?.stop()])));
  const failure = results.find((result) => result.status === 'rejected');
  if (failure) throw failure.reason;
};

const apiKeyOf = (plan: Plan, resources: RunningResources, { gateway }: Services): string | undefined => {
  const key = plan.resources.find(({ type }) => type.type === 'AWS::ApiGateway::ApiKey');
  const keyId = key && resources.ref(key.logicalId, failAt(key.owner));
  return typeof keyId === 'string' ? gateway.usage.apiKey(keyId)?.value : undefined;
};

/** Without a verifier for what all methods ask for, nobody can call any of them. */
const refusalOf = ({ parameters }: Template, { gateway }: Services): string | undefined => {
  const types = gateway.unverified();
  if (types.length === 0) return undefined;
  const allowed = parameters.get('AuthorizationType')?.AllowedValues;
  const remedy =
    parameters.has('AuthorizationType') && (allowed === undefined || allowed.includes('NONE'))
      ? 'start it with --parameter AuthorizationType=NONE'
      : 'set AuthorizationType to NONE on those that should be called here';
  return `Every request will be refused: all methods ask for ${types.join(' or ')}, which the local twin does not verify; ${remedy}.`;
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
