import type { EnvironmentRecord, ObservedRequest, StackEvent, StackOverview } from '../../local/index.ts';
import { type KeptBody, keptBody } from './kept-body.ts';
import { addLine, createWaitingLines, type RequestLog } from './log-lines.ts';

/** A finished request, with bounded bodies and log lines. */
export interface RecordedRequest {
  /** Counts from 1. */
  readonly id: number;
  readonly observed: Omit<ObservedRequest, 'body' | 'response' | 'extendedRequestId' | 'invocation'>;
  /** The ids that its log lines have. */
  readonly origins: readonly string[];
  requestBody: KeptBody;
  readonly responseHeaders: ObservedRequest['headers'];
  responseBody: KeptBody;
  readonly log: RequestLog;
}

/** What a recorder tells those who look. */
export type RecorderEvent =
  | { readonly type: 'request'; readonly request: RecordedRequest }
  | { readonly type: 'logs'; readonly id: number }
  | { readonly type: 'stack'; readonly stack: StackOverview }
  | { readonly type: 'environment'; readonly environment: EnvironmentRecord };

/** Keeps what happened last in a stack. */
export interface Recorder {
  observe(event: StackEvent): void;
  /** Newest first. */
  requests(): readonly RecordedRequest[];
  request(id: number): RecordedRequest | undefined;
  /** Those that have not ended. */
  environments(): readonly EnvironmentRecord[];
  /** The stack as it is now. */
  readonly stack: StackOverview | undefined;
  /** Tells a listener of all that comes. Returns what ends that. */
  listen(listener: (event: RecorderEvent) => void): () => void;
}

/** Records the last 1,000 requests, and at most 32 MB of their bodies: those of older ones are dropped first. */
export const createRecorder = ({ mostRequests = 1000, mostBytes = 32 * 1024 * 1024 } = {}): Recorder => {
  /** By id, in the order in which they came. */
  const recorded = new Map<number, RecordedRequest>();
  /** By the ids that their log lines have. */
  const byOrigin = new Map<string, RecordedRequest>();
  const environments = new Map<number, EnvironmentRecord>();
  const waiting = createWaitingLines();
  const listeners = new Set<(event: RecorderEvent) => void>();
  let stack: StackOverview | undefined;
  let count = 0;
  let bytes = 0;
  /** Requests up to this one have no bodies any more. */
  let dropped = 0;

  const tell = (event: RecorderEvent): void => {
    for (const listener of listeners) listener(event);
  };
  const bytesOf = ({ requestBody, responseBody }: RecordedRequest): number =>
    requestBody.bytes.length + responseBody.bytes.length;
  const dropBodies = (request: RecordedRequest | undefined): void => {
    if (request === undefined) return;
    bytes -= bytesOf(request);
    request.requestBody = { ...request.requestBody, bytes: nothing };
    request.responseBody = { ...request.responseBody, bytes: nothing };
  };
  const forget = (request: RecordedRequest): void => {
    bytes -= bytesOf(request);
    recorded.delete(request.id);
    for (const id of request.origins) byOrigin.delete(id);
  };

  const record = ({ body, response, extendedRequestId, invocation, ...observed }: ObservedRequest): void => {
    const origins = [extendedRequestId, ...(invocation?.requestId === undefined ? [] : [invocation.requestId])];
    const isFirst = invocation?.initDuration !== undefined;
    const request: RecordedRequest = {
      id: ++count,
      observed,
      origins,
      requestBody: keptBody(body ?? nothing),
      responseHeaders: response.headers,
      responseBody: keptBody(response.body),
      log: waiting.take(origins, isFirst ? invocation.environment : undefined),
    };
    recorded.set(request.id, request);
    for (const id of origins) byOrigin.set(id, request);
    bytes += bytesOf(request);
    const [oldest] = recorded.size > mostRequests ? recorded.values() : [];
    if (oldest !== undefined) forget(oldest);
    while (bytes > mostBytes && dropped < count) dropBodies(recorded.get(++dropped));
    tell({ type: 'request', request });
  };

  return {
    observe(event) {
      if (event.type === 'request') return record(event.request);
      if (event.type === 'log') {
        const request = byOrigin.get(event.log.origin.requestId ?? '');
        if (request === undefined) return waiting.add(event.log);
        addLine(request.log, event.log);
        return tell({ type: 'logs', id: request.id });
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

const nothing = Buffer.alloc(0);
