/** CloudWatch Logs in the twin: lines go to a log group, and to the program that started the stack. */
export interface Logs {
  /** Names of the log groups in the template. Other log groups can also get lines: Lambda and API Gateway create their own. */
  readonly groups: Set<string>;
  put(event: LogEvent, origin?: LogOrigin): void;
}

/** One line of a log group. */
export interface LogEvent {
  /** Name of the log group, such as `/aws/lambda/items-dev-create-item`. */
  readonly group: string;
  /** The line as CloudWatch would store it, without a trailing line break. */
  readonly message: string;
  /**
   * Source of the line: the code of a function, the standard error of a runtime (usually the reason why it ended), Lambda itself,
   * or API Gateway's access or execution log.
   */
  readonly source: 'function' | 'stderr' | 'platform' | 'access' | 'execution';
  /** Name of the function that the line belongs to, if any. */
  readonly functionName?: string;
}

/** Origin of a line, as far as it can be determined. */
export interface LogOrigin {
  /** Lambda's request id of the invocation, or API Gateway's extended request id. */
  readonly requestId?: string | undefined;
  /** Number of the execution environment that wrote the line. */
  readonly environment?: number;
}

/** Creates a log service that passes every line to `listener` at once. Without a listener, lines are dropped. */
export const createLogs = (listener: (event: LogEvent, origin?: LogOrigin) => void = () => {}): Logs => ({
  groups: new Set(),
  put: listener,
});
