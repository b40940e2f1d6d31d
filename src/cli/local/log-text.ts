import type { LogEvent } from '../local/logs.ts';

const severe = new Set(['WARN', 'WARNING', 'ERROR', 'FATAL', 'CRITICAL']);

/**
 * True of a log line that says why something is wrong: one at level WARN or above, one with which Lambda reports a failed
 * invocation or INIT, all that a runtime writes to its standard error, and API Gateway's execution log, where the causes of
 * its 500 and 502 stand.
 */
export const isWarning = ({ group, message, stderr }: LogEvent): boolean =>
  stderr === true ||
  group.startsWith('API-Gateway-Execution-Logs_') ||
  (message.startsWith('{') ? isSevereRecord(message) : isSevereText(message));

/** Text format: Node.js writes `time<TAB>request id<TAB>LEVEL<TAB>…`, Python `[LEVEL]<TAB>time…`, Lambda what it has always written. */
const isSevereText = (message: string): boolean => {
  const level = /^\[([A-Z]+)\]\t|^\S+\t\S+\t([A-Z]+)\t/.exec(message)?.slice(1).find(Boolean);
  return (
    severe.has(level ?? '') ||
    /^(INIT_)?REPORT .*\tStatus: (error|timeout)\b/.test(message) ||
    /^\S+ \S+ Task timed out after |^RequestId: \S+ Error: /.test(message)
  );
};

/** JSON format: functions write a `level`, Lambda itself a `record` with a `status`. */
const isSevereRecord = (message: string): boolean => {
  const line = parse(message) as { level?: unknown; record?: { status?: unknown } } | undefined;
  const status = line?.record?.status;
  return severe.has(String(line?.level).toUpperCase()) || status === 'error' || status === 'timeout';
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
