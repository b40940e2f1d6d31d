/** CloudWatch Logs as the twin needs it: lines go to a log group, and whoever started the stack listens. */
export interface Logs {
  /** Names of the log groups that the template declares. Lines may go to others too: Lambda and API Gateway make theirs. */
  readonly groups: Set<string>;
  put(event: LogEvent, origin?: LogOrigin): void;
}

/** One line of a log group. */
export interface LogEvent {
  /** Name of the log group, such as `/aws/lambda/items-dev-create-item`. */
  readonly group: string;
  /** The line as CloudWatch would store it, without a line break at its end. */
  readonly message: string;
  /**
   * Source of the line: a function's code, a runtime's standard error (mostly the reason why it ended), Lambda itself, or API
   * Gateway's access or execution log.
   */
  readonly source: 'function' | 'stderr' | 'platform' | 'access' | 'execution';
  /** The function whose line it is, if it is one's. */
  readonly functionName?: string;
}

/** Whence a line comes, as far as that is known. */
export interface LogOrigin {
  /** Lambda's id of the invocation that it is about, or API Gateway's extended id of the request. */
  readonly requestId?: string | undefined;
  /** Number of the execution environment that wrote it. */
  readonly environment?: number;
}

/** Makes a log service that hands every line to `listener` at once; without one the lines are dropped. */
export const createLogs = (listener: (event: LogEvent, origin?: LogOrigin) => void = () => {}): Logs => ({
  groups: new Set(),
  put: listener,
});
