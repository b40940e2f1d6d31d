import { join } from 'node:path';
import { LocalError } from '../../cloudformation/errors.ts';
import type { Iam } from '../iam/index.ts';
import { createRunFolder } from '../processes/run-folder.ts';
import type { OnWait } from '../processes/tell-wait.ts';
import type { ServiceCalls } from '../requests/service-calls.ts';
import type { Logs } from '../small-services/logs.ts';
import { authorizeInvoke } from './authorize-invoke.ts';
import { createLambdaFunction, type LambdaFunction, wallClock } from './function.ts';
import { parseFunctionName } from './function-name.ts';
import type { Inspectors } from './inspect/index.ts';
import type { EnvironmentEvent, EnvironmentRecord, FunctionConfiguration, Lambda } from './lambda.ts';
import { createQualifiers } from './qualifiers.ts';
import { prepareRuntime, type Runtime } from './runtimes.ts';
import type { SdkPlace } from './sdk.ts';
import type { SdkEnvironment } from './sdk-environment.ts';
import { createSupervisor } from './supervisor.ts';

/** Services and settings of Lambda. */
export interface LambdaOptions {
  readonly logs: Pick<Logs, 'put'>;
  /** Roles of the execution environments. */
  readonly iam: Iam;
  /** Registry that records the calls of functions. */
  readonly calls?: ServiceCalls;
  /**
   * Concurrent executions of all functions, above which invocations are throttled: an account's default is 1,000. Reserved
   * concurrency is available only to its function, and at least 100 must remain for functions without a reservation.
   */
  readonly concurrentExecutions?: number;
  /**
   * Maximum number of processes of one function. Unlike on AWS, further invocations wait until a process is free: a machine
   * cannot run 1,000 processes, and a slow response is better than a rejection that AWS does not return.
   */
  readonly maxEnvironments?: number;
  /** Milliseconds after which an idle environment ends: 5 minutes, about the minimum on Lambda. */
  readonly idleTimeout?: number;
  /** Runtimes that replace the twin's own, by identifier, such as `nodejs24.x`. */
  readonly runtimes?: ReadonlyMap<string, Runtime>;
  /** Interpreter of functions in Python; `python3` by default. */
  readonly python?: string;
  /** Location of the AWS SDK for functions in Node.js; searched from the current folder by default. */
  readonly sdk?: SdkPlace;
  /** Aborts the check of the interpreter. */
  readonly signal?: AbortSignal | undefined;
  readonly onWait?: OnWait | undefined;
  readonly inspectors?: Inspectors;
  /** Returns the URL of DynamoDB for a function in these subnets and security groups: its `AWS_ENDPOINT_URL_DYNAMODB`. */
  dynamoDbEndpoint(vpcConfig: FunctionConfiguration['vpcConfig']): Promise<string>;
  /** Called when the process of an execution environment starts and when it has ended. */
  onEnvironment?(event: EnvironmentEvent): void;
  /** Called when the state of an execution environment changes. */
  onEnvironmentState?(environment: EnvironmentRecord): void;
}

/** Creates the Lambda service, without any function. */
export const createLambda = (options: LambdaOptions): Lambda => {
  const { concurrentExecutions = 1000, maxEnvironments = 64, idleTimeout = 5 * 60_000 } = options;
  const functions = new Map<string, Registered>();
  const runFolder = createRunFolder();
  const supervisor = createSupervisor(runFolder);
  const calls: ServiceCalls = options.calls ?? new Map();
  let sdk: Promise<SdkEnvironment> | undefined;
  let environments = 0;
  const services = {
    logs: options.logs,
    iam: options.iam,
    calls,
    dynamoDbEndpoint: options.dynamoDbEndpoint,
    sdkVariables: async (runtime: string) => {
      // No function name contains a dot.
      sdk ??= import('./sdk-environment.ts').then((module) =>
        module.openSdk(options.sdk ?? {}, { calls, folder: join(runFolder.path, 'node.sdk') }),
      );
      return (await sdk).variables(runtime);
    },
    supervisor,
    folder: runFolder.path,
    maxEnvironments,
    idleTimeout,
    runtimes: options.runtimes,
    python: options.python,
    inspectors: options.inspectors,
    nextEnvironment: () => ++environments,
    onEnvironment: (event: EnvironmentEvent) => options.onEnvironment?.(event),
    onEnvironmentState: (environment: EnvironmentRecord) => options.onEnvironmentState?.(environment),
  };

  const find = (nameOrArn: string): Registered | undefined => functions.get(parseFunctionName(nameOrArn).functionName);
  const qualifiers = createQualifiers();
  const isThere = (nameOrArn: string): boolean => {
    const { functionName, qualifier } = parseFunctionName(nameOrArn);
    return qualifier === undefined || qualifiers.has(functionName, qualifier);
  };
  /** Returns the total concurrency that functions reserve. */
  const reserved = (): number => {
    let total = 0;
    for (const { reservedConcurrentExecutions } of functions.values()) total += reservedConcurrentExecutions ?? 0;
    return total;
  };
  const isThrottled = ({ lambdaFunction, reservedConcurrentExecutions }: Registered): boolean => {
    if (reservedConcurrentExecutions !== undefined) return lambdaFunction.concurrency >= reservedConcurrentExecutions;
    let unreserved = 0;
    for (const each of functions.values()) {
      if (each.reservedConcurrentExecutions === undefined) unreserved += each.lambdaFunction.concurrency;
    }
    return unreserved >= concurrentExecutions - reserved();
  };

  /** Preparations by runtime. Functions start in parallel and share the result. */
  const prepared = new Map<string, Promise<void>>();
  const prepare = (runtime: string): Promise<void> => {
    const { python: program, signal, onWait, inspectors, runtimes } = options;
    if (runtimes?.has(runtime)) return Promise.resolve();
    const done =
      prepared.get(runtime) ?? prepareRuntime(runtime, { program, signal, onWait, isInspected: inspectors !== undefined });
    prepared.set(runtime, done);
    return done;
  };

  /** Former versions whose last invocations are in progress. */
  const retiring = new Map<LambdaFunction, Promise<void>>();
  const retire = (lambdaFunction: LambdaFunction): void => {
    const retired = lambdaFunction.retire().finally(() => retiring.delete(lambdaFunction));
    retired.catch(() => {});
    retiring.set(lambdaFunction, retired);
  };

  const deleteFunction = async (functionName: string): Promise<void> => {
    const found = functions.get(functionName);
    functions.delete(functionName);
    await found?.lambdaFunction.stop();
  };

  /** Throws a LocalError if too little concurrency remains for functions without a reservation. */
  const checkReserved = ({ functionName, reservedConcurrentExecutions }: FunctionConfiguration): void => {
    const others = reserved() - (functions.get(functionName)?.reservedConcurrentExecutions ?? 0);
    const left = concurrentExecutions - others - (reservedConcurrentExecutions ?? 0);
    if (!reservedConcurrentExecutions || left >= minUnreserved) return;
    const allowed = reservedConcurrentExecutions + left - minUnreserved;
    throw new LocalError('RESOURCE_FAILED', tooMuchReserved(functionName, allowed));
  };

  return {
    prepareRuntime: prepare,
    createFunction(configuration) {
      const { functionName, reservedConcurrentExecutions } = configuration;
      if (functions.has(functionName)) {
        const message = `Function already exists: ${functionName}. Give each function a name of its own.`;
        throw new LocalError('RESOURCE_FAILED', message);
      }
      checkReserved(configuration);
      const lambdaFunction = createLambdaFunction(configuration, services);
      functions.set(functionName, { configuration, lambdaFunction, reservedConcurrentExecutions, version: 0 });
      return lambdaFunction.arn;
    },
    updateFunction(configuration) {
      const { functionName, reservedConcurrentExecutions } = configuration;
      const former = functions.get(functionName);
      if (former === undefined) throw new LocalError('RESOURCE_FAILED', `There is no function ${functionName} to update.`);
      checkReserved(configuration);
      const version = former.version + 1;
      const lambdaFunction = createLambdaFunction(configuration, services, version);
      for (const permission of former.lambdaFunction.policy) lambdaFunction.policy.add(permission);
      functions.set(functionName, { configuration, lambdaFunction, reservedConcurrentExecutions, version });
      retire(former.lambdaFunction);
    },
    deleteFunction,
    functions: () => [...functions.values()].map(({ configuration }) => configuration),
    qualifiers,
    addPermission(permission) {
      const found = find(permission.functionName);
      if (found === undefined || !isThere(permission.functionName)) {
        const message = `Permission for ${permission.functionName}: the function, version or alias does not exist in the stack. Use !Ref.`;
        throw new LocalError('RESOURCE_FAILED', message);
      }
      found.lambdaFunction.policy.add(permission);
    },
    removePermission: (permission) => void find(permission.functionName)?.lambdaFunction.policy.delete(permission),
    async invoke(functionArn, payload, caller) {
      const found = find(functionArn);
      if (found === undefined || !isThere(functionArn)) return { kind: 'rejected', error: 'ResourceNotFoundException' };
      const { lambdaFunction } = found;
      const permit = authorizeInvoke(lambdaFunction.policy, functionArn, caller);
      if ('kind' in permit) return permit;
      if (isThrottled(found)) return { kind: 'rejected', error: 'TooManyRequestsException' };
      const invoked = lambdaFunction.invoke(payload, { functionArn, traceHeader: caller.traceHeader, ...permit });
      if (caller.invocationType === 'Event') {
        // A fault is visible only in the log.
        invoked.catch(() => {});
        return { kind: 'payload', payload: '' };
      }
      const result = await invoked;
      return result ?? { kind: 'rejected', error: 'ResourceNotFoundException' };
    },
    startTimer: (functionArn, milliseconds, action) =>
      (find(functionArn)?.lambdaFunction.clock ?? wallClock).startTimer(milliseconds, action),
    startInspected() {
      for (const { lambdaFunction } of functions.values()) lambdaFunction.startInspected();
    },
    async stop() {
      await Promise.all([...functions.keys()].map(deleteFunction));
      await Promise.all([...retiring.keys()].map((lambdaFunction) => lambdaFunction.stop()));
      await Promise.allSettled(retiring.values());
      runFolder.remove();
      supervisor.stop();
      await options.inspectors?.stop();
      await (await sdk)?.close();
    },
  };
};

interface Registered {
  readonly configuration: FunctionConfiguration;
  readonly lambdaFunction: LambdaFunction;
  readonly reservedConcurrentExecutions: number | undefined;
  readonly version: number;
}

/** Concurrency that Lambda keeps for functions without a reservation. */
const minUnreserved = 100;

/** Returns the message of PutFunctionConcurrency, with a remedy. */
const tooMuchReserved = (functionName: string, allowed: number): string =>
  `Function ${functionName}: Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${minUnreserved}]. ` +
  (allowed > 0 ? `Reserve ${allowed} or fewer.` : 'Reserve less for the other functions, or nothing for this one.');
