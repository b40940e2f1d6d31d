import type { LogEvent } from '../../twin/small-services/logs.ts';

/** The readable text of a log event of a function. */
export interface LogText {
  readonly text: string;
  /** The level, unless it is INFO. */
  readonly level?: string;
}

/**
 * Returns the text that is printed for a log event by default: the output of a function's own code, without the envelope of its
 * log format. Returns undefined for other events: the line of the request contains what API Gateway's logs and Lambda's own lines
 * would.
 */
export const logText = ({ source, message }: LogEvent): LogText | undefined => {
  if (source === 'stderr') return { text: message, level: 'STDERR' };
  if (source !== 'function') return undefined;
  const record = message.startsWith('{') ? parse(message) : undefined;
  return record ? ofRecord(record) : ofLine(message);
};

type Values = Readonly<Record<string, unknown>>;

/**
 * Reads a record in JSON format: `level`, `message` and, for errors, `errorType` and `stackTrace`. A function may also print an
 * object of its own.
 */
const ofRecord = (record: Values): LogText | undefined => {
  const { timestamp, level, message, requestId: _, ...others } = record;
  if (level === undefined && timestamp === undefined) return { text: JSON.stringify(record) };
  if (isRequestSummary(isValues(message) ? message : others, level)) return undefined;
  const content = isValues(message) ? message : { ...others };
  const said = typeof message === 'string' ? message : '';
  return withLevel(level, [said, ...objectLines(content)].filter((line) => line !== '').join('\n'));
};

/**
 * Reads a line in text format: Node.js writes `time<TAB>request id<TAB>LEVEL<TAB>…`, Python's logger
 * `[LEVEL]<TAB>time<TAB>request id<TAB>…`.
 */
const ofLine = (line: string): LogText => {
  const [, node, nodeText = ''] = /^\S+\t\S+\t([A-Z]+)\t(.*)$/s.exec(line) ?? [];
  if (node !== undefined) return withLevel(node, nodeText);
  const [, python, pythonText = ''] = /^\[([A-Z]+)\]\t\S+\t\S+\t(.*)$/s.exec(line) ?? [];
  return python === undefined ? { text: line } : withLevel(python, pythonText);
};

const withLevel = (level: unknown, text: string): LogText => {
  const name = String(level ?? 'INFO').toUpperCase();
  return { text, ...(name !== 'INFO' && { level: name }) };
};

/**
 * Returns true for the line that functions of the Items API write for each request at level INFO: the twin prints a line of its
 * own.
 */
const isRequestSummary = (content: Values, level: unknown): boolean =>
  level === 'INFO' && content.apiRequestId !== undefined && content.status !== undefined;

/** Returns an object on one line, followed by the stack traces in it, which are unreadable as JSON. */
const objectLines = (content: Values): string[] => {
  const traces: string[] = [];
  const rest = JSON.stringify(content, (_key, value) => {
    if (!isValues(value) || !Array.isArray(value.stackTrace)) return value;
    const { stackTrace, errorType: _type, errorMessage: _message, ...others } = value;
    traces.push(stackTrace.join('\n'));
    return Object.keys(others).length > 0 ? others : undefined;
  });
  return [...(rest === undefined || rest === '{}' ? [] : [rest]), ...traces];
};

const isValues = (value: unknown): value is Values => typeof value === 'object' && value !== null && !Array.isArray(value);

const parse = (text: string): Values | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    return isValues(value) ? value : undefined;
  } catch {
    return undefined;
  }
};
