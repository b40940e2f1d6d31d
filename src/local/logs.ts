/** CloudWatch Logs as the twin needs it: lines go to a log group, and whoever started the stack listens. */
export interface Logs {
  put(event: LogEvent): void;
}

/** One line of a log group. */
export interface LogEvent {
  /** Name of the log group, such as `/aws/lambda/items-dev-create-item`. */
  readonly group: string;
  /** The line as CloudWatch would store it, without a line break at its end. */
  readonly message: string;
}

/** Makes a log service that hands every line to `listener` at once; without one the lines are dropped. */
export const createLogs = (listener: (event: LogEvent) => void = () => {}): Logs => ({ put: listener });
