/*
 * Messages between the server of the console and its page. They are all JSON; the page in browser/ has its types from here.
 */

/** A line of the stream. `snapshot` comes first, and again after each connection. */
export type LiveMessage =
  | {
      readonly type: 'snapshot';
      /** Newest first. */
      readonly requests: readonly RequestSummary[];
      readonly stack: StackView;
      readonly environments: readonly EnvironmentView[];
    }
  | { readonly type: 'request'; readonly request: RequestSummary }
  /** There are more log lines of a request. */
  | { readonly type: 'logs'; readonly id: number }
  | { readonly type: 'stack'; readonly stack: StackView }
  | { readonly type: 'environment'; readonly environment: EnvironmentView };

/** A request as the list shows it. */
export interface RequestSummary {
  /** Counts from 1 in the order in which requests were finished. */
  readonly id: number;
  /** ISO 8601. */
  readonly time: string;
  readonly method: string;
  /** Path and query, shortened if it is very long. */
  readonly target: string;
  readonly status: number;
  /** Milliseconds, and their parts. */
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

/** All that is known of a request. */
export interface RequestDetails extends RequestSummary {
  readonly url: string;
  readonly requestHeaders: readonly Header[];
  readonly requestBody: BodyView;
  readonly responseHeaders: readonly Header[];
  readonly responseBody: BodyView;
  readonly trail: readonly StepView[];
  readonly logs: readonly LogLine[];
  /** Lines that were more than the server keeps of a request. */
  readonly logsLeftOut: number;
  /** A command for POSIX shells, with variables in the place of credentials. */
  readonly curl?: string;
  /** Reason why it cannot be sent again, if that is so. */
  readonly whyNotAgain?: string;
}

export interface Header {
  readonly name: string;
  readonly value: string;
  /** True if the value is left out, as it is a credential. */
  readonly isMasked?: true;
}

export interface BodyView {
  /** Bytes. */
  readonly size: number;
  /** Undefined of bytes that are no text, and of what is not kept. */
  readonly text?: string;
  /** Reason why there is no text, or only a part of it. */
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
  /** True if items are changed with a token of a user pool. */
  readonly asksForToken: boolean;
  /** The API key that requests of the page bring. */
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
  /** URL of the collection through which its items change; without one they are read only. */
  readonly collection?: string;
}

export interface KeyView {
  readonly name: string;
  readonly type: 'S' | 'N' | 'B';
}

export interface ItemPage {
  readonly items: readonly ItemRow[];
  /** Key that the next page begins after; the last page has none. */
  readonly next?: string;
}

export interface ItemRow {
  /** Value of the partition key, and of the sort key if there is one, as text. */
  readonly key: readonly string[];
  /** The beginning of the item on one line. */
  readonly preview: string;
  /** Key of the item, which is asked for with it. */
  readonly token: string;
}

export interface ItemView {
  /** JSON with all digits of numbers, indented; undefined if there is no such item. */
  readonly text?: string;
}
