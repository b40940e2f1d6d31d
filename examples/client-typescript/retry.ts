import { setTimeout as pauseFor } from 'node:timers/promises';
import { problemOf } from './problem.ts';

/** A function that sends a request and resolves with its response. */
export type Send = (request: Request) => Promise<Response>;

/** Limits for attempts and time. */
export interface RetryOptions {
  /** Maximum number of attempts, including the first; 5 if absent. */
  readonly attempts?: number;
  /** Milliseconds for all attempts and the pauses between them: 60,000 if absent. */
  readonly time?: number;
  /** Milliseconds for one attempt; 35,000 if absent, because API Gateway responds within 29 s. */
  readonly attemptTime?: number;
  /** Upper bound of the first pause in milliseconds; 200 if absent. The bound doubles with each pause, up to 20 s. */
  readonly pause?: number;
  /** Waits for the given milliseconds, and rejects when the signal aborts. For tests. */
  readonly wait?: (milliseconds: number, signal: AbortSignal) => Promise<unknown>;
}

/**
 * Wraps `send` with retries after 429, 503 and a lost connection, with exponential backoff and jitter, and not before
 * `Retry-After`. If attempts or time are used up, it returns the last response or throws the last error. It throws if the request
 * is aborted. A request that may have been applied is repeated only if that is safe: GET, and POST with an Idempotency-Key.
 */
export const retrying = (send: Send, options: RetryOptions = {}): Send => {
  const { attempts = 5, time = 60_000, attemptTime = 35_000, pause = 200, wait = sleep } = options;
  return async (request) => {
    const end = performance.now() + time;
    for (let attempt = 1; ; attempt++) {
      const left = Math.max(0, end - performance.now());
      const outcome = await sendOnce(send, request, Math.min(attemptTime, left));
      const milliseconds = retryAfter(outcome) + Math.random() * Math.min(20_000, pause * 2 ** (attempt - 1));
      const isLast = attempt >= attempts || performance.now() + milliseconds >= end;
      if (isLast || !(await isRepeatable(request, outcome))) {
        if (outcome instanceof LostConnection) throw outcome.cause;
        return outcome;
      }
      await wait(milliseconds, request.signal);
    }
  };
};

/** A lost connection: the request may or may not have been applied. */
class LostConnection {
  readonly cause: unknown;
  constructor(cause: unknown) {
    this.cause = cause;
  }
}

/** Sends the request and reads the complete response, because the connection can be lost until then. */
const sendOnce = async (send: Send, request: Request, milliseconds: number): Promise<Response | LostConnection> => {
  const tooLate = AbortSignal.timeout(Math.ceil(milliseconds));
  const signal = AbortSignal.any([request.signal, tooLate]);
  try {
    const response = await send(new Request(request.clone(), { signal }));
    const body = response.body && (await response.arrayBuffer());
    return new Response(body, response);
  } catch (error) {
    // fetch throws a TypeError if it gets no response, or only part of one.
    if (error instanceof TypeError || tooLate.aborted) return new LostConnection(error);
    throw error;
  }
};

const isRepeatable = async (request: Request, outcome: Response | LostConnection): Promise<boolean> => {
  const { method, headers } = request;
  // A repeated PUT or DELETE with If-Match has no second effect. But the second attempt can get 412 or 404 because of the first,
  // and only the caller can interpret that.
  const isSafe = method === 'GET' || (method === 'POST' && headers.has('idempotency-key'));
  if (outcome instanceof LostConnection || outcome.status === 503) return isSafe;
  // A throttled request was not applied. A quota does not recover within a minute.
  const problem = outcome.status === 429 ? problemOf(await outcome.clone().text()) : undefined;
  return outcome.status === 429 && problem?.type !== 'urn:items-api:problem:quota-exceeded';
};

/** Returns the milliseconds that the response requests to wait, from its seconds or its date. */
const retryAfter = (outcome: Response | LostConnection): number => {
  const value = outcome instanceof LostConnection ? null : outcome.headers.get('retry-after');
  if (value === null) return 0;
  const milliseconds = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return Math.max(0, milliseconds || 0);
};

const sleep = (milliseconds: number, signal: AbortSignal): Promise<unknown> => pauseFor(milliseconds, undefined, { signal });
