import type { RequestRecord } from '../../twin/gateway/record.ts';
import type { EnvironmentRecord, ObservedRequest, StackEvent, StackOverview } from '../../twin/index.ts';
import { areWhole, beginning, boundedHeaders, type Headers } from './bounded.ts';
import { type KeptBody, keptBody } from './kept-body.ts';
import { addLine, createWaitingLines, emptyLog, type RequestLog, type WaitingLines } from './log-lines.ts';
import type { LogLine } from './messages.ts';

/** A finished request. The size of each member is limited. */
export interface RecordedRequest {
  /** Counts from 1. */
  readonly id: number;
  readonly record: RequestRecord;
  /** Path and query. */
  readonly target: string;
  readonly url: string;
  readonly trail: ObservedRequest['trail'];
  /** The ids in its log lines. */
  readonly origins: readonly string[];
  readonly requestHeaders: Headers;
  readonly responseHeaders: Headers;
  requestBody: KeptBody;
  responseBody: KeptBody;
  log: RequestLog;
  /** False if the target or the headers were truncated, or if the body is missing. */
  readonly isWhole: boolean;
}

/** An event that a recorder sends to its listeners. */
export type RecorderEvent =
  | { readonly type: 'request'; readonly request: RecordedRequest }
  | { readonly type: 'logs'; readonly id: number }
  | { readonly type: 'stack'; readonly stack: StackOverview }
  | { readonly type: 'environment'; readonly environment: EnvironmentRecord };

/** Records the latest events of a stack. */
export interface Recorder {
  observe(event: StackEvent): void;
  /** Newest first. */
  requests(): readonly RecordedRequest[];
  request(id: number): RecordedRequest | undefined;
  /** Environments that have not ended. */
  environments(): readonly EnvironmentRecord[];
  /** The current stack. */
  readonly stack: StackOverview | undefined;
  /** Calls a listener for every later event. Returns a function that removes the listener. */
  listen(listener: (event: RecorderEvent) => void): () => void;
}

/**
 * Records the last 1,000 requests. Their bodies and log lines have at most 64 MB together: those of the oldest requests are
 * dropped first.
 */
export const createRecorder = ({ mostRequests = 1000, mostBytes = 64 * 1024 * 1024 } = {}): Recorder => {
  /** Requests by id, in the order of arrival. */
  const recorded = new Map<number, RecordedRequest>();
  /** Requests by the ids in their log lines. */
  const byOrigin = new Map<string, RecordedRequest>();
  const environments = new Map<number, EnvironmentRecord>();
  const waiting = createWaitingLines();
  const listeners = new Set<(event: RecorderEvent) => void>();
  let stack: StackOverview | undefined;
  let count = 0;
  let bytes = 0;
  /** Bodies and log lines of requests up to this id have been dropped. */
  let dropped = 0;

  const tell = (event: RecorderEvent): void => {
    for (const listener of listeners) listener(event);
  };
  const drop = (request: RecordedRequest | undefined): void => {
    if (request === undefined) return;
    bytes -= bytesOf(request);
    request.requestBody = { ...request.requestBody, bytes: nothing };
    request.responseBody = { ...request.responseBody, bytes: nothing };
    request.log = { ...emptyLog(), leftOut: request.log.lines.length + request.log.leftOut };
  };
  const dropOldest = (): void => {
    while (bytes > mostBytes && dropped < count) drop(recorded.get(++dropped));
  };
  const forget = (request: RecordedRequest): void => {
    bytes -= bytesOf(request);
    recorded.delete(request.id);
    for (const id of request.origins) byOrigin.delete(id);
  };

  const record = (observed: ObservedRequest): void => {
    const request = recordedRequest(++count, observed, waiting);
    recorded.set(request.id, request);
    for (const id of request.origins) byOrigin.set(id, request);
    bytes += bytesOf(request);
    const [oldest] = recorded.size > mostRequests ? recorded.values() : [];
    if (oldest !== undefined) forget(oldest);
    dropOldest();
    tell({ type: 'request', request });
  };
  const addLog = (request: RecordedRequest, line: LogLine): void => {
    const before = request.log.characters;
    addLine(request.log, line);
    bytes += request.log.characters - before;
    dropOldest();
    tell({ type: 'logs', id: request.id });
  };

  return {
    observe(event) {
      if (event.type === 'request') return record(event.request);
      if (event.type === 'log') {
        const request = byOrigin.get(event.log.origin.requestId ?? '');
        if (request === undefined) return waiting.add(event.log);
        return addLog(request, event.log);
      }
      if (event.type === 'stack') stack = event.stack;
      else if (event.environment.state === 'ended') environments.delete(event.environment.id);
      else environments.set(event.environment.id, event.environment);
      tell(event);
    },
    requests: () => [...recorded.values()].reverse(),
    request: (id) => recorded.get(id),
    environments: () => [...environments.values()],
    get stack() {
      return stack;
    },
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
};

const recordedRequest = (id: number, observed: ObservedRequest, waiting: WaitingLines): RecordedRequest => {
  const { time, method, path, query, status, latency, parts, functionName, reason, requestId } = observed;
  const { headers, body, response, trail, extendedRequestId, invocation } = observed;
  const target = `${path}${query === '' ? '' : `?${query}`}`;
  const origins = [extendedRequestId, ...(invocation?.requestId === undefined ? [] : [invocation.requestId])];
  return {
    id,
    record: {
      ...{ time, method, path: beginning(path, mostTargetCharacters), status, latency, parts, requestId },
      ...(functionName !== undefined && { functionName }),
      ...(reason !== undefined && { reason }),
    },
    target: beginning(target, mostTargetCharacters),
    url: beginning(observed.url, mostTargetCharacters),
    trail,
    origins,
    requestHeaders: boundedHeaders(headers),
    responseHeaders: boundedHeaders(response.headers),
    requestBody: keptBody(body ?? nothing),
    responseBody: keptBody(response.body),
    log: waiting.take(origins, invocation?.initDuration === undefined ? undefined : invocation.environment),
    isWhole: areWhole(headers) && observed.url.length <= mostTargetCharacters && body !== undefined,
  };
};

const bytesOf = ({ requestBody, responseBody, log }: RecordedRequest): number =>
  requestBody.bytes.length + responseBody.bytes.length + log.characters;

const nothing = Buffer.alloc(0);
/** More than API Gateway accepts. */
const mostTargetCharacters = 12_000;
