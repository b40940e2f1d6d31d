/* Messages between the console's server and its page, all in JSON. The page in browser/ imports their types from this file. */

/** A line of the stream. `snapshot` is the first line of each connection. */
export type LiveMessage =
  | {
      readonly type: 'snapshot';
      /** Newest first. */
      readonly requests: readonly RequestSummary[];
      readonly stack: StackView;
      readonly environments: readonly EnvironmentView[];
    }
  | { readonly type: 'request'; readonly request: RequestSummary }
  /** A request has further log lines. */
  | { readonly type: 'logs'; readonly id: number }
  | { readonly type: 'stack'; readonly stack: StackView }
  | { readonly type: 'environment'; readonly environment: EnvironmentView };

/** A request in the list. */
export interface RequestSummary {
  /** Counts from 1, in the order in which requests finished. */
  readonly id: number;
  /** ISO 8601. */
  readonly time: string;
  readonly method: string;
  /** Path and query, truncated if very long. */
  readonly target: string;
  readonly status: number;
  /** Milliseconds, in total and by part. */
  readonly latency: number;
  readonly parts: {
    readonly gateway: number;
    readonly function?: number;
    readonly coldStart?: number;
    readonly dynamoDb?: number;
  };
  readonly functionName?: string;
  readonly reason?: string;
  readonly requestId: string;
}

/** All details of a request. */
export interface RequestDetails extends RequestSummary {
  readonly url: string;
  readonly requestHeaders: readonly Header[];
  readonly requestBody: BodyView;
  readonly responseHeaders: readonly Header[];
  readonly responseBody: BodyView;
  readonly trail: readonly StepView[];
  readonly logs: readonly LogLine[];
  /** Number of lines above the limit of the server for a request. */
  readonly logsLeftOut: number;
  /** A command for POSIX shells, with variables in place of credentials. */
  readonly curl?: string;
  /** Reason why the request cannot be sent again. Undefined if it can. */
  readonly whyNotAgain?: string;
}

export interface Header {
  readonly name: string;
  readonly value: string;
  /** True if the value is masked because it is a credential. */
  readonly isMasked?: true;
}

export interface BodyView {
  /** Bytes. */
  readonly size: number;
  /** Undefined if the bytes are not text, or are not kept. */
  readonly text?: string;
  /** Reason why the text is missing or incomplete. */
  readonly note?: string;
}

export interface StepView {
  readonly name: string;
  readonly outcome: 'passed' | 'denied' | 'failed';
  readonly text: string;
  readonly duration?: number;
}

export interface LogLine {
  /** Name of the log group. */
  readonly group: string;
  readonly source: string;
  readonly message: string;
}

export interface StackView {
  readonly name: string;
  readonly region: string;
  readonly stages: readonly { readonly name: string; readonly apiName: string; readonly url: string }[];
  readonly parameters: readonly { readonly name: string; readonly value: string }[];
  readonly outputs: readonly { readonly key: string; readonly value: string; readonly description?: string }[];
  readonly warnings: readonly string[];
  readonly resources: readonly { readonly logicalId: string; readonly type: string; readonly physicalId: string }[];
  readonly functions: readonly FunctionView[];
  /** A curl command that sends a first request. */
  readonly curl?: string;
  /** True if a token of a user pool is required to change items. */
  readonly asksForToken: boolean;
  /** The API key that the page sends with its requests. */
  readonly apiKey?: string;
}

export interface FunctionView {
  readonly logicalId: string;
  readonly functionName: string;
  readonly runtime: string;
  /** MB. */
  readonly memorySize: number;
  /** Seconds. */
  readonly timeout: number;
}

export interface EnvironmentView {
  readonly id: number;
  readonly functionName: string;
  readonly pid: number;
  readonly state: 'starting' | 'running' | 'frozen' | 'ended';
  readonly requests: number;
  /** MB. */
  readonly memorySize: number;
  readonly maxMemoryUsed?: number;
}

export interface TableView {
  readonly logicalId: string;
  readonly name: string;
  readonly partitionKey: KeyView;
  readonly sortKey?: KeyView;
  /** URL of the collection through which its items are changed. Without one, they are read-only. */
  readonly collection?: string;
}

export interface KeyView {
  readonly name: string;
  readonly type: 'S' | 'N' | 'B';
}

export interface ItemPage {
  readonly items: readonly ItemRow[];
  /** Key after which the next page begins. Undefined on the last page. */
  readonly next?: string;
}

export interface ItemRow {
  /** Values of the partition key and of the sort key, if any, as text. */
  readonly key: readonly string[];
  /** The beginning of the item, on one line. */
  readonly preview: string;
  /** Key of the item, with which the page requests it. */
  readonly token: string;
}

export interface ItemView {
  /** Indented JSON with all digits of numbers. Undefined if there is no such item. */
  readonly text?: string;
}
