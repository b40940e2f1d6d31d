import type { Identity } from '../iam/identity.ts';
import type { ServiceCall } from '../requests/service-calls.ts';
import type { Qualifiers } from './qualifiers.ts';

/** AWS Lambda in the twin. */
export interface Lambda {
  /** Learns what a runtime of this machine needs, which `createFunction` and `updateFunction` must know; it may take seconds. */
  prepareRuntime(runtime: string): Promise<void>;
  /** Registers a function; its first execution environment starts with its first invocation. Returns its ARN. */
  createFunction(configuration: FunctionConfiguration): string;
  /**
   * Gives a function another configuration, of the same name. Invocations that come from now on have it; those that are under way
   * finish with the former one. The resource policy stays.
   */
  updateFunction(configuration: FunctionConfiguration): void;
  /** Ends every execution environment of a function and forgets it. */
  deleteFunction(functionName: string): Promise<void>;
  /** Configurations of all functions. */
  functions(): readonly FunctionConfiguration[];
  /** Versions and aliases of functions. */
  readonly qualifiers: Qualifiers;
  /** Adds a statement to the resource policy of a function, or of its version or alias (AddPermission). */
  addPermission(permission: Permission): void;
  removePermission(permission: Permission): void;
  /**
   * Invokes a function and waits for its result, unless the caller wants none (`Event`). Never rejects for what the function or its policy does.
   * The ARN may have a qualifier. Policies of the caller's identity decide, or without one the resource policy of what is invoked.
   */
  invoke(functionArn: string, payload: string, caller: Caller): Promise<InvokeResult>;
  /** Starts a timer on the function's clock. Returns what cancels it. */
  startTimer(functionArn: string, milliseconds: number, action: () => void): () => void;
  /** Starts the execution environment of each function that debuggers can attach to, if it has none. */
  startInspected(): void;
  /** Ends every execution environment and the Runtime API. */
  stop(): Promise<void>;
}

/** The clock that a function's time is measured by: it stands still while a debugger holds the function. */
export interface Clock {
  /** Milliseconds since some moment. */
  now(): number;
  /** Calls `action` after so many milliseconds. Returns what cancels that. */
  startTimer(milliseconds: number, action: () => void): () => void;
}

/** Configuration of an `AWS::Lambda::Function`. Times in seconds, sizes in MB. */
export interface FunctionConfiguration {
  readonly functionName: string;
  /** Its name in the template, by which debugger ports are opened. */
  readonly logicalId?: string;
  readonly region: string;
  readonly accountId: string;
  readonly runtime: string;
  readonly handler: string;
  /** Inline source (`Code.ZipFile`): stored as `index.js` or `index.py`. Empty if the code is in `codeFolder`. */
  readonly zipFile: string;
  /** Folder of code that is not inline; functions run in it, and nothing changes it. */
  readonly codeFolder?: string;
  readonly roleArn: string;
  readonly timeout: number;
  readonly memorySize: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly logGroup: string;
  readonly logFormat: 'JSON' | 'Text';
  readonly tracing: 'Active' | 'PassThrough';
  readonly reservedConcurrentExecutions?: number;
  /** `aws` without one. */
  readonly partition?: string;
  /** Lowest level that console methods write, in JSON format; INFO without one. */
  readonly applicationLogLevel?: 'TRACE' | 'DEBUG' | 'INFO' | 'WARN' | 'ERROR' | 'FATAL';
  /** Lowest level that Lambda itself writes, in JSON format; INFO without one. */
  readonly systemLogLevel?: 'DEBUG' | 'INFO' | 'WARN';
  readonly vpcConfig?: { readonly subnetIds: readonly string[]; readonly securityGroupIds: readonly string[] };
}

export interface Permission {
  /** Its name in the template. */
  readonly logicalId?: string;
  /** A name or an ARN, with a qualifier if the statement is about a version or an alias. */
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
  /** `Event`: the caller gets an empty payload at once, and nobody the result. `RequestResponse` without one. */
  readonly invocationType?: 'Event' | 'RequestResponse';
  /** Session of the role that the caller acts with. */
  readonly identity?: Identity;
}

/** Outcome of an invocation, in the terms of the Invoke API, and what the twin saw of it. */
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

/** Invocation, as the twin observed it. */
export interface Invocation {
  /** Lambda's id of it, which is not API Gateway's. */
  readonly requestId?: string;
  /** The number of the execution environment that served it. */
  readonly environment?: number;
  /** The statement that allows the caller to invoke the function. */
  readonly allowedBy?: string;
  /** Milliseconds of the cold start that the invocation waited for. */
  readonly initDuration?: number;
  /** The calls of AWS services until the result was there. */
  readonly calls: readonly ServiceCall[];
}

/** The start or the end of the process of an execution environment. */
export interface EnvironmentEvent {
  readonly kind: 'started' | 'ended';
  readonly functionName: string;
  readonly pid: number;
}

/** An execution environment as it is at a moment. */
export interface EnvironmentRecord {
  /** Numbers count from 1 for the environments of a stack. */
  readonly id: number;
  readonly functionName: string;
  readonly pid: number;
  /** `starting` is INIT. One that is `frozen` has no invocation; with a debugger it runs on all the same. */
  readonly state: 'starting' | 'running' | 'frozen' | 'ended';
  /** Invocations that it has served, the one under way among them. */
  readonly requests: number;
  /** MB that the function may take, and the most that this environment took until it was last frozen, where the system tells. */
  readonly memorySize: number;
  readonly maxMemoryUsed?: number;
}
