import type { RequestRecord } from './gateway/record.ts';
import type { InspectOptions } from './lambda/inspect/index.ts';
import type { Runtime } from './lambda/runtimes.ts';
import type { LogEvent } from './small-services/logs.ts';

/** Options for starting a stack. */
export interface StartOptions {
  /** Values of the template's parameters. Others have their default. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Accepts types that the twin does not have, as inert, if they do not affect requests; false by default. */
  readonly allowInert?: boolean;
  /** Port of the first REST API; 0, the default, for a free one. */
  readonly port?: number;
  /** Address to listen on; 127.0.0.1 by default. */
  readonly host?: string;
  /** Host names that requests may use, in addition to localhost and the other names of the loopback interface. */
  readonly allowedHosts?: readonly string[];
  /** Recovers the readable items of a damaged data folder. */
  readonly repair?: boolean;
  /** Folder that keeps the tables between starts. Without it, tables are in memory. */
  readonly data?: string;
  /** DynamoDB endpoint that replaces the twin's own, such as DynamoDB Local. */
  readonly dynamoDbEndpoint?: string;
  readonly region?: string;
  /** Twelve digits. */
  readonly accountId?: string;
  readonly stackName?: string;
  /** Lambda runtimes that replace the twin's own, by identifier, such as `nodejs24.x`. */
  readonly runtimes?: ReadonlyMap<string, Runtime>;
  /** Interpreter of functions in Python, 3.9 or later; `python3` by default. */
  readonly python?: string;
  /** Folders of functions whose code is not inline, by logical id. */
  readonly code?: Readonly<Record<string, string>>;
  /**
   * Folder of the template. Its paths are relative to this folder, and the search for the AWS SDK starts here; the current folder
   * by default.
   */
  readonly templateFolder?: string;
  /** The folder `node_modules` with the AWS SDK for functions in Node.js; searched by default. */
  readonly nodeModules?: string;
  /** Opens debugger ports for functions. The time of a function stops while a debugger has paused it. */
  readonly inspect?: InspectOptions;
  /** File or URL of the JSON Web Key Set that verifies tokens of Cognito user pools. */
  readonly jwks?: string;
  /** Aborts the start. It rejects with the signal's reason after everything that it started has stopped. */
  readonly signal?: AbortSignal;
  /** Called with what a start waits for, if that takes more than 2 seconds. */
  onWait?(message: string): void;
  /** Called with every line that goes to a log group. */
  onLog?(event: LogEvent): void;
  /** Called with every request after its response. */
  onRequest?(record: RequestRecord): void;
  /** Called with every failure that no caller receives: of a request, or of the database. */
  onError?(error: unknown): void;
}
