import { LocalError } from '../cloudformation/errors.ts';
import type { StackIdentity } from '../cloudformation/stack-identity.ts';
import { createDynamoDb } from './dynamodb/index.ts';
import { createVerifiers } from './gateway/authorization/verifiers.ts';
import { createGateway } from './gateway/index.ts';
import { createIam } from './iam/index.ts';
import { createCodeFolders } from './lambda/code-folders.ts';
import { createLambda } from './lambda/index.ts';
import { createNetwork } from './network/index.ts';
import type { Observers } from './observe/observers.ts';
import type { ServiceCalls } from './requests/service-calls.ts';
import type { Services } from './resource.ts';
import { createCloudWatch } from './small-services/cloudwatch.ts';
import { createLogs } from './small-services/logs.ts';
import { createSns } from './small-services/sns.ts';
import { createWaf } from './small-services/waf.ts';
import { createXRay } from './small-services/xray.ts';
import type { StartOptions } from './start-options.ts';

/** Creates the services of a stack, without any resources. */
export const createServices = async (
  stack: StackIdentity,
  options: StartOptions,
  observers: Observers,
): Promise<Services> => {
  const logs = createLogs((event, origin = {}) => {
    options.onLog?.(event);
    if (observers.isObserved) observers.emit({ type: 'log', log: { ...event, origin } });
  });
  const iam = createIam();
  const network = createNetwork();
  const xray = createXRay();
  const calls: ServiceCalls = new Map();
  const dynamodb = await createDynamoDb({
    region: stack.region,
    accountId: stack.accountId,
    partition: stack.partition,
    iam,
    network,
    calls,
    isObserved: () => observers.isObserved,
    ...(options.data !== undefined && { data: options.data }),
    ...(options.repair !== undefined && { repair: options.repair }),
    ...(options.dynamoDbEndpoint !== undefined && { endpoint: options.dynamoDbEndpoint }),
    onWait: (message) => options.onWait?.(message),
    onFault: (message) => options.onError?.(new LocalError('RESOURCE_FAILED', message)),
  });
  try {
    const apiServices = await createApiServices(stack, options, { logs, dynamodb, iam, xray, calls, observers });
    return {
      logs,
      dynamodb,
      iam,
      network,
      cloudwatch: createCloudWatch(),
      sns: createSns(),
      waf: createWaf(),
      xray,
      code: createCodeFolders(options.code, options.templateFolder),
      ...apiServices,
    };
  } catch (error) {
    await dynamodb.stop();
    throw error;
  }
};

const createApiServices = async (
  stack: StackIdentity,
  options: StartOptions,
  {
    logs,
    dynamodb,
    iam,
    xray,
    calls,
    observers,
  }: Pick<Services, 'logs' | 'dynamodb' | 'iam' | 'xray'> & { calls: ServiceCalls; observers: Observers },
): Promise<Pick<Services, 'lambda' | 'gateway' | 'inspectors'>> => {
  const onError = (error: unknown): void => options.onError?.(error);
  // A missing folder is a fault of the command line, whether or not a function needs it.
  if (options.nodeModules !== undefined) (await import('./lambda/sdk.ts')).findSdk(options);
  // Created first, because it can fail: otherwise Lambda would have to be stopped again.
  const verifiers = await createVerifiers(stack, iam.credentials, {
    jwks: options.jwks,
    signal: options.signal,
    onError,
    onWait: (message) => options.onWait?.(message),
  });
  const inspectors = options.inspect && (await import('./lambda/inspect/index.ts')).createInspectors(options.inspect);
  const lambda = createLambda({
    logs,
    iam,
    calls,
    dynamoDbEndpoint: dynamodb.endpointFor,
    ...(options.runtimes && { runtimes: options.runtimes }),
    ...(options.python !== undefined && { python: options.python }),
    sdk: options,
    signal: options.signal,
    onWait: (message) => options.onWait?.(message),
    ...(inspectors && { inspectors }),
    onEnvironmentState: (environment) => observers.emit({ type: 'environment', environment }),
  });
  const gateway = createGateway({
    stack,
    lambda,
    iam,
    dynamodb,
    calls,
    logs,
    xray,
    ...(options.host !== undefined && { host: options.host }),
    ...(options.allowedHosts && { allowedHosts: options.allowedHosts }),
    ...(options.port !== undefined && { port: options.port }),
    verifiers,
    onRequest: (record) => options.onRequest?.(record),
    observer: {
      get isObserved() {
        return observers.isObserved;
      },
      request: (request) => observers.emit({ type: 'request', request }),
    },
    onError,
  });
  return { lambda, gateway, inspectors };
};
