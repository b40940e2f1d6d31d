import type { Identity } from '../iam/identity.ts';
import type { ServiceCall } from '../requests/service-calls.ts';
import type { Qualifiers } from './qualifiers.ts';

/** AWS Lambda in the twin. */
export interface Lambda {
  /**
   * Reads from this machine what a runtime needs. Must be called before `createFunction` and `updateFunction`; can take seconds.
   */
  prepareRuntime(runtime: string): Promise<void>;
  /** Registers a function and returns its ARN. Its first execution environment starts with its first invocation. */
  createFunction(configuration: FunctionConfiguration): string;
  /**
   * Replaces the configuration of a function with the same name. New invocations use it; those in progress finish with the former
   * one. The resource policy is kept.
   */
  updateFunction(configuration: FunctionConfiguration): void;
  /** Ends every execution environment of a function and removes the function. */
  deleteFunction(functionName: string): Promise<void>;
  /** Returns the configurations of all functions. */
  functions(): readonly FunctionConfiguration[];
  readonly qualifiers: Qualifiers;
  /** Adds a statement to the resource policy of a function, version or alias (AddPermission). */
  addPermission(permission: Permission): void;
  removePermission(permission: Permission): void;
  /**
   * Invokes a function and waits for its result, unless the invocation type is `Event`. Never rejects because of the function or
   * its policy. The ARN can have a qualifier. The policies of the caller's identity decide; without an identity, the resource
   * policy of the function decides.
   */
  invoke(functionArn: string, payload: string, caller: Caller): Promise<InvokeResult>;
  /** Starts a timer on the function's clock. Returns a function that cancels it. */
  startTimer(functionArn: string, milliseconds: number, action: () => void): () => void;
  /** Starts the execution environment of each function that debuggers can attach to, if it has none. */
  startInspected(): void;
  /** Ends every execution environment, and with it its Runtime API. */
  stop(): Promise<void>;
}

/** Clock of a function. It stops while a debugger has paused the function. */
export interface Clock {
  /** Returns the milliseconds since an arbitrary time. */
  now(): number;
  /** Calls `action` after this number of milliseconds. Returns a function that cancels it. */
  startTimer(milliseconds: number, action: () => void): () => void;
}

/** Configuration of an `AWS::Lambda::Function`. Times in seconds, sizes in MB. */
export interface FunctionConfiguration {
  readonly functionName: string;
  /** Its name in the template, which debugger ports refer to. */
  readonly logicalId?: string;
  readonly region: string;
  readonly accountId: string;
  readonly runtime: string;
  readonly handler: string;
  /** Inline source (`Code.ZipFile`): stored as `index.js` or `index.py`. Empty if the code is in `codeFolder`. */
  readonly zipFile: string;
  /** Folder of code that is not inline. Functions run in it; the twin does not change it. */
  readonly codeFolder?: string;
  readonly roleArn: string;
  readonly timeout: number;
  readonly memorySize: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly logGroup: string;
  readonly logFormat: 'JSON' | 'Text';
  readonly tracing: 'Active' | 'PassThrough';
  readonly reservedConcurrentExecutions?: number;
  /** `aws` by default. */
  readonly partition?: string;
  /** Lowest level that console methods write, in JSON format; INFO by default. */
  readonly applicationLogLevel?: 'TRACE' | 'DEBUG' | 'INFO' | 'WARN' | 'ERROR' | 'FATAL';
  /** Lowest level that Lambda itself writes, in JSON format; INFO by default. */
  readonly systemLogLevel?: 'DEBUG' | 'INFO' | 'WARN';
  readonly vpcConfig?: { readonly subnetIds: readonly string[]; readonly securityGroupIds: readonly string[] };
}

export interface Permission {
  /** Its name in the template. */
  readonly logicalId?: string;
  /** A name or an ARN, with a qualifier if the statement applies to a version or an alias. */
  readonly functionName: string;
  readonly action: string;
  readonly principal: string;
  readonly sourceArn?: string;
  readonly sourceAccount?: string;
}

export interface Caller {
  /** Service principal, such as `apigateway.amazonaws.com`. */
  readonly principal: string;
  readonly sourceArn: string;
  readonly sourceAccount: string;
  /** `X-Amzn-Trace-Id` of the caller's request, if it has one. */
  readonly traceHeader?: string;
  /** `Event`: the caller gets an empty payload at once, and the result is dropped. `RequestResponse` by default. */
  readonly invocationType?: 'Event' | 'RequestResponse';
  /** Session of the caller's role. */
  readonly identity?: Identity;
}

/** Outcome of an invocation, in the terms of the Invoke API, with the observations of the twin. */
export type InvokeResult =
  | {
      readonly kind: 'payload';
      readonly payload: string;
      readonly functionError?: 'Unhandled';
      readonly invocation?: Invocation;
    }
  | {
      readonly kind: 'rejected';
      readonly error: 'ResourceNotFoundException' | 'AccessDeniedException' | 'TooManyRequestsException';
      readonly message?: string;
    };

/** Observations of an invocation. */
export interface Invocation {
  /** Lambda's request id, which differs from API Gateway's. */
  readonly requestId?: string;
  /** Number of the execution environment of the invocation. */
  readonly environment?: number;
  /** The statement that allows the caller to invoke the function. */
  readonly allowedBy?: string;
  /** Milliseconds of the cold start that the invocation waited for. */
  readonly initDuration?: number;
  /** Calls of AWS services before the result. */
  readonly calls: readonly ServiceCall[];
}

/** The start or the end of the process of an execution environment. */
export interface EnvironmentEvent {
  readonly kind: 'started' | 'ended';
  readonly functionName: string;
  readonly pid: number;
}

/** State of an execution environment. */
export interface EnvironmentRecord {
  /** Number of the environment, from 1 within a stack. */
  readonly id: number;
  readonly functionName: string;
  readonly pid: number;
  /** `starting` is INIT. A `frozen` environment has no invocation; with a debugger, its process still runs. */
  readonly state: 'starting' | 'running' | 'frozen' | 'ended';
  /** Number of its invocations, including the current one. */
  readonly requests: number;
  /** Memory limit in MB, and the maximum used until it was last frozen, if the operating system reports it. */
  readonly memorySize: number;
  readonly maxMemoryUsed?: number;
}
