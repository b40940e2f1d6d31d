import type { RequestRecord } from './gateway/record.ts';
import type { InspectOptions } from './lambda/inspect/index.ts';
import type { Runtime } from './lambda/runtimes.ts';
import type { LogEvent } from './small-services/logs.ts';

/** Options of a stack's start. */
export interface StartOptions {
  /** Values of the template's parameters; its defaults fill in. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Starts types that the twin does not have, and that decide no request, without doing anything; false without one. */
  readonly allowInert?: boolean;
  /** Port of the REST API; 0, the default, is a free one. */
  readonly port?: number;
  /** Address to listen on; 127.0.0.1 unless told otherwise. */
  readonly host?: string;
  /** Host names that requests may be for, beside localhost and the other names of the loopback interface. */
  readonly allowedHosts?: readonly string[];
  /** Recovers the readable items of a damaged data folder. */
  readonly repair?: boolean;
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
  /** Interpreter of functions in Python, 3.9 or later; `python3` without one. */
  readonly python?: string;
  /** Folders of functions whose code is not inline, by their logical id. */
  readonly code?: Readonly<Record<string, string>>;
  /** Folder of the template, which paths in it are relative to and where the AWS SDK is looked for first; the current one without it. */
  readonly templateFolder?: string;
  /** The folder `node_modules` that has the AWS SDK of functions in Node.js; else it is looked for. */
  readonly nodeModules?: string;
  /** Opens functions to debuggers. Their time stands still while a debugger holds them. */
  readonly inspect?: InspectOptions;
  /** File or URL of the JSON Web Key Set that tokens of Cognito user pools are verified with. */
  readonly jwks?: string;
  /** Gives a start up: it ends with the signal's reason as soon as all that it started is stopped. */
  readonly signal?: AbortSignal;
  /** Told what a start waits for, if that takes more than 2 seconds. */
  onWait?(message: string): void;
  /** Told every line that goes to a log group. */
  onLog?(event: LogEvent): void;
  /** Called with every request after its response. */
  onRequest?(record: RequestRecord): void;
  /** Told every failure that no caller is there to be told: of a request, or of the database. */
  onError?(error: unknown): void;
}
