import { createDynamoDb } from './dynamodb/index.ts';
import { LocalError } from './errors.ts';
import type { AuthorizationType } from './gateway/configuration.ts';
import { createGateway, type RequestRecord } from './gateway/index.ts';
import { createVerifiers } from './gateway/verifiers.ts';
import { user } from './iam/identity.ts';
import { createIam } from './iam/index.ts';
import { failAt } from './intrinsics/scope.ts';
import { createLambda } from './lambda/index.ts';
import type { Runtime } from './lambda/runtimes.ts';
import { createLogs, type LogEvent } from './logs.ts';
import { createNetwork } from './network/index.ts';
import { evaluateOutput, type Plan, type StackScope } from './plan.ts';
import { prepare } from './prepare.ts';
import type { Services } from './resource.ts';
import { type RunningResources, startResources } from './stack.ts';
import { type StackIdentity, stackIdentity } from './stack-identity.ts';
import { warnings } from './warnings.ts';

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
  /** Lambda runtimes to use instead of the twin's own, by their identifier, such as `nodejs24.x`. */
  readonly runtimes?: ReadonlyMap<string, Runtime>;
  /** File or URL of the JSON Web Key Set that tokens of Cognito user pools are verified with. */
  readonly jwks?: string;
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
  /** What the methods ask their callers for. */
  readonly authorizationTypes: ReadonlySet<AuthorizationType>;
  /** An access key to sign requests with, if any method asks for AWS_IAM: of a user who may call every API. */
  readonly credentials?: SigningKey;
  /** What AWS would let pass at deployment and what shows only when functions run, a sentence each. */
  readonly warnings: readonly string[];
  /** Deletes the stack in reverse order. Settles once no process and no socket of it is left; again and again the same. */
  stop(): Promise<void>;
}

export interface SigningKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** The region that signatures name. */
  readonly region: string;
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
    const { plan, scope } = prepare(text, stack, options.parameters);
    resources = await startResources(plan, scope, services);
    signal?.throwIfAborted();
    const apiKey = apiKeyOf(plan, resources, services);
    const outputs = outputsOf(plan, { ...scope, resources }, services);
    const stop = once(() => stopAll(resources, services));
    const authorizationTypes = services.gateway.authorizationTypes();
    const credentials = authorizationTypes.has('AWS_IAM') ? signingKey(stack, services) : undefined;
    return {
      outputs,
      warnings: warnings(stack, services),
      authorizationTypes,
      stop,
      ...(apiKey !== undefined && { apiKey }),
      ...(credentials && { credentials }),
    };
  } catch (error) {
    await stopAll(resources, services).catch((failure: unknown) => options.onError?.(failure));
    throw signal?.aborted ? signal.reason : error;
  } finally {
    signal?.removeEventListener('abort', giveUp);
  }
};

const createServices = async (stack: StackIdentity, options: StartOptions): Promise<Services> => {
  const logs = createLogs((event) => options.onLog?.(event));
  const iam = createIam();
  const network = createNetwork();
  const dynamodb = await createDynamoDb({
    region: stack.region,
    accountId: stack.accountId,
    partition: stack.partition,
    iam,
    network,
    ...(options.data !== undefined && { data: options.data }),
    ...(options.dynamoDbEndpoint !== undefined && { endpoint: options.dynamoDbEndpoint }),
    onFault: (message) => options.onError?.(new LocalError('RESOURCE_FAILED', message)),
  });
  try {
    return { logs, dynamodb, iam, network, ...(await createApiServices(stack, options, { logs, dynamodb, iam })) };
  } catch (error) {
    await dynamodb.stop();
    throw error;
  }
};

const createApiServices = async (
  stack: StackIdentity,
  options: StartOptions,
  { logs, dynamodb, iam }: Pick<Services, 'logs' | 'dynamodb' | 'iam'>,
): Promise<Pick<Services, 'lambda' | 'gateway'>> => {
  const onError = (error: unknown): void => options.onError?.(error);

  const lambda = createLambda({
    logs,
    iam,
    dynamoDbEndpoint: dynamodb.endpointFor,
    ...(options.runtimes && { runtimes: options.runtimes }),
  });
  const gateway = createGateway({
    stack,
    lambda,
    logs,
    ...(options.host !== undefined && { host: options.host }),
    ...(options.port !== undefined && { port: options.port }),
    verifiers: await createVerifiers(stack, iam.credentials, { jwks: options.jwks, signal: options.signal, onError }),
    onRequest: (record) => options.onRequest?.(record),
    onError,
  });
  return { lambda, gateway };
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

const signingKey = (stack: StackIdentity, { iam }: Services): SigningKey => {
  const policy = { Statement: { Effect: 'Allow', Action: 'execute-api:Invoke', Resource: '*' } } as const;
  const { accessKeyId, secretAccessKey } = iam.credentials.issueLongTerm(user(stack, 'local', policy));
  return { accessKeyId, secretAccessKey, region: stack.region };
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
