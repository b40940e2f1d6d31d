import type { StackEvent } from '../../twin/index.ts';
import { beginning } from './bounded.ts';
import type { LogLine } from './messages.ts';

type Log = Extract<StackEvent, { readonly type: 'log' }>['log'];

/** The log lines of one request. */
export interface RequestLog {
  readonly lines: LogLine[];
  leftOut: number;
  /** Number of characters of all lines. */
  characters: number;
}

export const emptyLog = (): RequestLog => ({ lines: [], leftOut: 0, characters: 0 });

/** Adds a line, or only counts it if there are too many. */
export const addLine = (log: RequestLog, { group, source, message }: LogLine): void => {
  if (log.lines.length >= mostLines || log.characters >= mostCharacters) {
    log.leftOut += 1;
    return;
  }
  const kept = beginning(message, mostLineCharacters);
  log.lines.push({ group, source, message: kept });
  log.characters += kept.length;
};

/** Lines that arrived before their request was finished. */
export interface WaitingLines {
  add(log: Log): void;
  /** Returns and removes the lines of an invocation or a request by its ids; with `environment`, also those of its INIT. */
  take(ids: readonly string[], environment?: number): RequestLog;
}

export const createWaitingLines = (): WaitingLines => {
  const waiting = new Map<string, { readonly log: RequestLog; readonly order: number[] }>();
  let count = 0;
  const add = (key: string, line: LogLine): void => {
    const found = waiting.get(key) ?? { log: emptyLog(), order: [] };
    addLine(found.log, line);
    found.order.push(count++);
    waiting.set(key, found);
    // Lines of invocations without a request, or of a request that is no longer kept: the oldest are dropped.
    const [oldest] = waiting.size > mostWaiting ? waiting.keys() : [];
    if (oldest !== undefined) waiting.delete(oldest);
  };
  return {
    add: (log) => {
      const { requestId, environment } = log.origin;
      const key = requestId ?? (environment === undefined ? undefined : environmentKey(environment));
      if (key !== undefined) add(key, log);
    },
    take(ids, environment) {
      const keys = [...(environment === undefined ? [] : [environmentKey(environment)]), ...ids];
      const found = keys.flatMap((key) => waiting.get(key) ?? []);
      for (const key of keys) waiting.delete(key);
      const ordered = found.flatMap(({ log, order }) => log.lines.map((line, index) => ({ line, at: order[index] ?? 0 })));
      const all = emptyLog();
      for (const { line } of ordered.toSorted((one, other) => one.at - other.at)) addLine(all, line);
      all.leftOut += found.reduce((sum, { log }) => sum + log.leftOut, 0);
      return all;
    },
  };
};

const environmentKey = (environment: number): string => `environment ${environment}`;

const mostLines = 200;
const mostLineCharacters = 8000;
/** Limit for each request. */
const mostCharacters = 65_536;
const mostWaiting = 200;
