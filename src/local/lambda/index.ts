/** AWS Lambda in the twin. */
export interface Lambda {
  /** Registers a function; its first execution environment starts with its first invocation. Returns its ARN. */
  createFunction(configuration: FunctionConfiguration): string;
  /** Ends every execution environment of a function and forgets it. */
  deleteFunction(functionName: string): Promise<void>;
  /** Adds a statement to a function's resource policy (AddPermission). */
  addPermission(permission: Permission): void;
  removePermission(permission: Permission): void;
  /**
   * Invokes a function and waits for its result (RequestResponse). Never rejects for what the function or its policy does.
   * `caller` is held against the function's resource policy.
   */
  invoke(functionArn: string, payload: string, caller: Caller): Promise<InvokeResult>;
  /** Ends every execution environment and the Runtime API. */
  stop(): Promise<void>;
}

/** What `AWS::Lambda::Function` configures. Times in seconds, sizes in MB. */
export interface FunctionConfiguration {
  readonly functionName: string;
  readonly region: string;
  readonly accountId: string;
  readonly runtime: string;
  readonly handler: string;
  /** Inline source (`Code.ZipFile`): stored as `index.js` or `index.py`. */
  readonly zipFile: string;
  readonly roleArn: string;
  readonly timeout: number;
  readonly memorySize: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly logGroup: string;
  readonly logFormat: 'JSON' | 'Text';
  readonly tracing: 'Active' | 'PassThrough';
  readonly reservedConcurrentExecutions?: number;
}

export interface Permission {
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
}

/** Outcome of an invocation, in the terms of the Invoke API. */
export type InvokeResult =
  | { readonly kind: 'payload'; readonly payload: string; readonly functionError?: 'Unhandled' }
  | {
      readonly kind: 'refused';
      readonly error: 'ResourceNotFoundException' | 'AccessDeniedException' | 'TooManyRequestsException';
    };
