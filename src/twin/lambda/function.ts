import { mkdir, rm, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { assumeRole, type Iam } from '../iam/index.ts';
import type { ServiceCalls } from '../requests/service-calls.ts';
import type { LogEvent, LogOrigin, Logs } from '../small-services/logs.ts';
import { type Environment, startEnvironment } from './environment.ts';
import { createHistory, type History } from './environment-history.ts';
import { checkEnvironment, environmentVariables } from './environment-variables.ts';
import { mayWriteLogs } from './execution-role.ts';
import type { Inspectors } from './inspect/index.ts';
import { createInvoke, type Invoke } from './invoke.ts';
import type { Clock, EnvironmentEvent, EnvironmentRecord, FunctionConfiguration, Permission } from './lambda.ts';
import { createPlatformLog } from './platform-log.ts';
import { createPool } from './pool.ts';
import { findRuntime, type Runtime, runtimeCommand } from './runtimes.ts';
import type { Supervisor } from './supervisor.ts';

/** A function: its configuration, resource policy and execution environments. */
export interface LambdaFunction {
  readonly arn: string;
  readonly policy: Set<Permission>;
  /** Number of invocations in progress. */
  readonly concurrency: number;
  readonly clock: Clock;
  readonly invoke: Invoke;
  /** Starts an environment if debuggers can attach to it and there is none. */
  startInspected(): void;
  /** Stops when the invocations in progress have finished. */
  retire(): Promise<void>;
  stop(): Promise<void>;
}

/** Services and settings shared by all functions. */
export interface FunctionServices {
  readonly logs: Pick<Logs, 'put'>;
  readonly iam: Iam;
  readonly calls: ServiceCalls;
  readonly supervisor: Supervisor;
  /** Folder that contains one folder per function. */
  readonly folder: string;
  readonly maxEnvironments: number;
  readonly idleTimeout: number;
  readonly runtimes?: ReadonlyMap<string, Runtime> | undefined;
  readonly python: string | undefined;
  readonly inspectors?: Inspectors | undefined;
  dynamoDbEndpoint(vpcConfig: FunctionConfiguration['vpcConfig']): Promise<string>;
  /**
   * Returns the variables with which a runtime finds the AWS SDK, and with which the SDK finds services that the twin does not
   * have.
   */
  sdkVariables(runtime: string): Promise<Readonly<Record<string, string>>>;
  /** Returns the number of the next environment. */
  nextEnvironment(): number;
  onEnvironment(event: EnvironmentEvent): void;
  onEnvironmentState(environment: EnvironmentRecord): void;
}

/**
 * Creates a function. `version` counts its updates. Each version has its own folder, because two versions can run at the same
 * time.
 */
export const createLambdaFunction = (
  configuration: FunctionConfiguration,
  services: FunctionServices,
  version = 0,
): LambdaFunction => {
  const { functionName, roleArn, logGroup: group, partition = 'aws' } = configuration;
  const runtime =
    services.runtimes?.get(configuration.runtime) ?? findRuntime(configuration.runtime, functionName, services.python);
  checkEnvironment(functionName, configuration.environment);
  const inspector = services.inspectors?.of(configuration.logicalId ?? functionName, runtime, configuration.zipFile);
  const clock = inspector?.clock ?? wallClock;
  // Lambda writes logs with the role. As on AWS, lines that the role does not allow are lost.
  let mayLog = true;
  const write = (message: string, source: LogEvent['source'], origin: LogOrigin): void => {
    if (mayLog) services.logs.put({ group, message, source, functionName }, origin);
  };
  const platform = createPlatformLog(configuration, runtime.version, (message, origin) =>
    write(message, 'platform', origin),
  );
  const arn = `arn:${partition}:lambda:${configuration.region}:${configuration.accountId}:function:${functionName}`;
  const ownFolder = join(services.folder, version === 0 ? functionName : `${functionName}.${version}`);
  const taskRoot = configuration.codeFolder ?? ownFolder;

  const histories = new WeakMap<Environment, History>();

  let deleted = false;
  let stored: Promise<void> | undefined;
  const storeCode = async (): Promise<void> => {
    if (configuration.codeFolder !== undefined || runtime.codeFile === undefined) return;
    await mkdir(taskRoot);
    await writeFile(join(taskRoot, runtime.codeFile), inspector?.code ?? configuration.zipFile);
  };

  const start = async (initTimeout: number): Promise<Environment> => {
    stored ??= storeCode();
    await stored;
    const dynamoDbEndpoint = await services.dynamoDbEndpoint(configuration.vpcConfig);
    const sdk = usesSdk(configuration) ? await services.sdkVariables(configuration.runtime) : {};
    const surroundings = { taskRoot, dynamoDbEndpoint, sdk };
    const credentials = assumeRole(services.iam, roleArn, { sessionName: functionName, sourceFunctionArn: arn });
    mayLog = mayWriteLogs(credentials.identity, group, { partition, ...configuration });
    const history = createHistory({
      id: services.nextEnvironment(),
      configuration,
      onState: services.onEnvironmentState,
    });
    platform.initStart(history.id);
    const command = runtimeCommand(runtime, configuration);
    const log = (message: string, stderr?: true): void =>
      write(message, stderr ? 'stderr' : 'function', { environment: history.id, requestId: history.requestId });
    const inspected = inspector?.watch();
    const environment = await startEnvironment({
      command: inspector?.command(command) ?? command,
      taskRoot,
      variables: environmentVariables(configuration, credentials, surroundings),
      memorySize: configuration.memorySize,
      initTimeout,
      hasChannel: runtime.hasChannel ?? false,
      supervisor: services.supervisor,
      clock,
      ...(inspected && { isInspected: true }),
      log: inspected ? (message, stderr) => (stderr && inspected.takes(message)) || log(message, stderr) : log,
    });
    histories.set(environment, history);
    services.calls.set(credentials.accessKeyId, (call) => history.calls.push(call));
    const { pid } = environment;
    services.onEnvironment({ kind: 'started', functionName, pid });
    history.started(environment);
    void environment.exited.then(() => {
      inspected?.ended();
      services.iam.credentials.revoke(credentials.accessKeyId);
      services.calls.delete(credentials.accessKeyId);
      services.onEnvironment({ kind: 'ended', functionName, pid });
    });
    return environment;
  };

  const pool = createPool({
    start,
    clock,
    maxEnvironments: inspector ? 1 : services.maxEnvironments,
    // An environment with a debugger port is kept, however long it is idle.
    idleTimeout: inspector ? longest : services.idleTimeout,
    maxStarting: Math.max(2, availableParallelism()),
  });

  const startInspected = (): void => {
    if (inspector) pool.startFirst();
  };

  const invoke = createInvoke({
    configuration,
    pool,
    platform,
    clock,
    histories,
    allowance: () => inspector?.allowance ?? 0,
    isDeleted: () => deleted,
    onReleased: startInspected,
  });

  const removeCode = async (): Promise<void> => {
    await stored;
    await rm(ownFolder, { recursive: true, force: true });
  };

  return {
    arn,
    policy: new Set(),
    get concurrency() {
      return pool.active;
    },
    clock,
    invoke,
    startInspected,
    async retire() {
      await pool.drain();
      await removeCode();
    },
    async stop() {
      deleted = true;
      await pool.stop();
      await removeCode();
    },
  };
};

/**
 * Returns true if the code of a function may load an AWS SDK. For other functions the twin neither searches for the SDK nor
 * starts the endpoint for other services.
 */
const usesSdk = ({ zipFile, codeFolder }: Pick<FunctionConfiguration, 'zipFile' | 'codeFolder'>): boolean =>
  codeFolder !== undefined || /@aws-sdk|@smithy|\bboto/.test(zipFile);

/** Clock of functions without a debugger. */
export const wallClock: Clock = {
  now: () => performance.now(),
  startTimer(milliseconds, action) {
    const timer = setTimeout(action, milliseconds);
    return () => clearTimeout(timer);
  },
};

/** The longest timer of Node.js in milliseconds. */
const longest = 2 ** 31 - 1;
