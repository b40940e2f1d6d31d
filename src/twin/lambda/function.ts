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
  /** Number of invocations under way. */
  readonly concurrency: number;
  readonly clock: Clock;
  readonly invoke: Invoke;
  /** Starts an environment if debuggers can attach to it and there is none. */
  startInspected(): void;
  /** Lets invocations that are under way finish, and stops then. */
  retire(): Promise<void>;
  stop(): Promise<void>;
}

/** Services and settings that functions share. */
export interface FunctionServices {
  readonly logs: Pick<Logs, 'put'>;
  readonly iam: Iam;
  readonly calls: ServiceCalls;
  readonly supervisor: Supervisor;
  /** Folder in which each function has one of its own. */
  readonly folder: string;
  readonly maxEnvironments: number;
  readonly idleTimeout: number;
  readonly runtimes?: ReadonlyMap<string, Runtime> | undefined;
  readonly python: string | undefined;
  readonly inspectors?: Inspectors | undefined;
  dynamoDbEndpoint(vpcConfig: FunctionConfiguration['vpcConfig']): Promise<string>;
  /** The variables by which a runtime finds the AWS SDK, and the SDK the services that the twin does not have. */
  sdkVariables(runtime: string): Promise<Readonly<Record<string, string>>>;
  /** The number of an environment that is about to start. */
  nextEnvironment(): number;
  onEnvironment(event: EnvironmentEvent): void;
  onEnvironmentState(environment: EnvironmentRecord): void;
}

/** `version` counts how often the function was updated; each version has its own folder, as two can run for a moment. */
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
  // Lambda writes for the role; what that one may not write is lost, as on AWS.
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
    // A debugger stays at an environment however long it idles.
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
 * True if the code of a function may load an AWS SDK. A function that names none never pays for the search for it, and for the endpoint
 * that its calls of other services would get to.
 */
const usesSdk = ({ zipFile, codeFolder }: Pick<FunctionConfiguration, 'zipFile' | 'codeFolder'>): boolean =>
  codeFolder !== undefined || /@aws-sdk|@smithy|\bboto/.test(zipFile);

/** The clock of functions that no debugger holds. */
export const wallClock: Clock = {
  now: () => performance.now(),
  startTimer(milliseconds, action) {
    const timer = setTimeout(action, milliseconds);
    return () => clearTimeout(timer);
  },
};

/** The longest that a timer of Node.js can take, in milliseconds. */
const longest = 2 ** 31 - 1;
