import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LocalError } from '../errors.ts';
import type { Logs } from '../logs.ts';
import { type CredentialStore, createCredentialStore } from './credentials.ts';
import { createLambdaFunction, type LambdaFunction } from './function.ts';
import type { EnvironmentEvent, Lambda } from './lambda.ts';
import { mayInvoke } from './resource-policy.ts';
import { createSupervisor } from './supervisor.ts';

/** What Lambda needs of the twin. */
export interface LambdaOptions {
  readonly logs: Pick<Logs, 'put'>;
  /** Given to functions as `AWS_ENDPOINT_URL_DYNAMODB`. */
  readonly dynamoDbEndpoint: string;
  /** Where the credentials of execution environments are kept for service endpoints to look up. */
  readonly credentials?: CredentialStore;
  /** Concurrent executions of all functions, beyond which invocations are throttled: an account's default is 1,000. */
  readonly concurrentExecutions?: number;
  /**
   * Processes that one function may have. Unlike on AWS, an invocation beyond them waits until one is free: a machine cannot
   * run 1,000 processes, and refusing what AWS accepts would be worse than being slower.
   */
  readonly maxEnvironments?: number;
  /** Told when the process of an execution environment starts and when it has ended. */
  onEnvironment?(event: EnvironmentEvent): void;
}

/** Starts Lambda without any function. */
export const createLambda = (options: LambdaOptions): Lambda => {
  const { concurrentExecutions = 1000, maxEnvironments = 64 } = options;
  const functions = new Map<string, Registered>();
  const folder = makeFolder();
  const supervisor = createSupervisor(folder);
  const services = {
    logs: options.logs,
    credentials: options.credentials ?? createCredentialStore(),
    dynamoDbEndpoint: options.dynamoDbEndpoint,
    supervisor,
    folder,
    maxEnvironments,
    onEnvironment: (event: EnvironmentEvent) => options.onEnvironment?.(event),
  };

  const find = (nameOrArn: string): Registered | undefined => functions.get(functionNameOf(nameOrArn));
  const totalConcurrency = (): number => {
    let total = 0;
    for (const { lambdaFunction } of functions.values()) total += lambdaFunction.concurrency;
    return total;
  };

  const deleteFunction = async (functionName: string): Promise<void> => {
    const found = functions.get(functionName);
    functions.delete(functionName);
    await found?.lambdaFunction.stop();
  };

  return {
    createFunction(configuration) {
      const { functionName, reservedConcurrentExecutions = Number.POSITIVE_INFINITY } = configuration;
      if (functions.has(functionName)) {
        const message = `Function already exists: ${functionName}. Give each function a name of its own.`;
        throw new LocalError('RESOURCE_FAILED', message);
      }
      const lambdaFunction = createLambdaFunction(configuration, services);
      functions.set(functionName, { lambdaFunction, reservedConcurrentExecutions });
      return lambdaFunction.arn;
    },
    deleteFunction,
    addPermission(permission) {
      const found = find(permission.functionName);
      if (found === undefined) {
        const message = `Permission for ${permission.functionName}: there is no such function. Name one of the stack's.`;
        throw new LocalError('RESOURCE_FAILED', message);
      }
      found.lambdaFunction.policy.add(permission);
    },
    removePermission: (permission) => void find(permission.functionName)?.lambdaFunction.policy.delete(permission),
    async invoke(functionArn, payload, caller) {
      const found = find(functionArn);
      if (found === undefined) return { kind: 'refused', error: 'ResourceNotFoundException' };
      const { lambdaFunction, reservedConcurrentExecutions } = found;
      if (!mayInvoke(lambdaFunction.policy, caller)) return { kind: 'refused', error: 'AccessDeniedException' };
      if (lambdaFunction.concurrency >= reservedConcurrentExecutions || totalConcurrency() >= concurrentExecutions) {
        return { kind: 'refused', error: 'TooManyRequestsException' };
      }
      const result = await lambdaFunction.invoke(payload, caller.traceHeader);
      return result ?? { kind: 'refused', error: 'ResourceNotFoundException' };
    },
    async stop() {
      await Promise.all([...functions.keys()].map(deleteFunction));
      rmSync(folder, { recursive: true, force: true });
      supervisor.stop();
    },
  };
};

const makeFolder = (): string => {
  try {
    return mkdtempSync(join(tmpdir(), 'items-lambda-'));
  } catch (error) {
    const { message } = error as NodeJS.ErrnoException;
    const remedy = 'Let TMPDIR name a folder that can be written to.';
    throw new LocalError('RESOURCE_FAILED', `No temporary folder for the code of functions: ${message}. ${remedy}`, {
      cause: error,
    });
  }
};

interface Registered {
  readonly lambdaFunction: LambdaFunction;
  readonly reservedConcurrentExecutions: number;
}

/** The name in a function's ARN, with or without qualifier, or the name itself. */
const functionNameOf = (nameOrArn: string): string =>
  nameOrArn.startsWith('arn:') ? (nameOrArn.split(':')[6] ?? '') : nameOrArn;
