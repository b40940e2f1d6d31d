import { setTimeout as wait } from 'node:timers/promises';
import { problemType } from '../contract/problems.ts';

/** Address of the API under test, and its authorization. */
export interface Target {
  /** Invoke URL with the stage, such as `https://….execute-api.eu-central-1.amazonaws.com/v1`. */
  readonly url: string;
  /** Origin that the API allows. Every request has it, unless its case specifies another. */
  readonly origin?: string;
  /** Further origins that the API allows. */
  readonly otherOrigins?: readonly string[];
  /** Milliseconds for which a throttled request (429) is repeated. By default it is not repeated. */
  readonly patience?: number;
  /**
   * After it is aborted, cases send no further requests. Requests in progress still receive their response, and items can still
   * be deleted.
   */
  readonly signal?: AbortSignal;
  /** Returns the headers that authorize a request: a signature, a token, an API key. */
  authorize?(request: Outgoing): Promise<Record<string, string>> | Record<string, string>;
  /** Returns those of another caller, if the target has one. */
  authorizeOther?(request: Outgoing): Promise<Record<string, string>> | Record<string, string>;
  /** Called with every response to a case. */
  onResponse?(response: RequestOutcome): void;
  /** Called with the path of each item that a case has created, and again when it is deleted. */
  onItem?(path: string, state: 'created' | 'deleted'): void;
}

/** A target that the suite cannot run on, for a reason that the user can fix. The message contains the reason and the remedy. */
export class TargetError extends Error {
  override readonly name = 'TargetError';
}

/** A request to be sent. */
export interface Outgoing {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | undefined;
  /** Sent without authorization. */
  readonly anonymous?: boolean;
  /** Comes from the target's other caller. */
  readonly other?: boolean;
  /** Aborts the request before its response: only for a request that changes nothing. */
  readonly abandon?: AbortSignal;
}

/** A response with its whole body. */
export interface Response {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Returns the body parsed as JSON. Throws, and so fails the case, if it is not JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: cases assert the type themselves.
  json(): any;
}

/** Response to a request, with its duration in milliseconds, without pauses for a throttled stage. */
export interface RequestOutcome {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly text: string;
  readonly duration: number;
}

/**
 * Sends a request and reads the response. Repeats a throttled request within the patience of the target, unless the signal is
 * aborted.
 */
export const send = async (
  target: Pick<Target, 'authorize' | 'authorizeOther' | 'patience'>,
  outgoing: Outgoing,
  signal?: AbortSignal,
): Promise<Response & { readonly duration: number }> => {
  const until = performance.now() + (target.patience ?? 0);
  for (let attempt = 1; ; attempt++) {
    const response = await exchange(target, outgoing);
    const pause = isThrottled(response) ? pauseBefore(attempt, response.headers) : Number.POSITIVE_INFINITY;
    if (signal?.aborted || performance.now() + pause >= until) return response;
    await wait(pause, undefined, signal && { signal }).catch(() => {});
  }
};

/** Removes the value of an Authorization header, which API Gateway quotes if it cannot parse it. */
export const withoutSecrets = (text: string): string => text.replace(/Authorization=[^\s"]+/g, 'Authorization=…');

/** Milliseconds. Longer than API Gateway's timeout for integrations, 29 s unless the quota is raised. */
const timeout = 40_000;

const exchange = async (target: Pick<Target, 'authorize' | 'authorizeOther'>, outgoing: Outgoing) => {
  const { method, url, headers, body, anonymous, other, abandon } = outgoing;
  const tooLate = AbortSignal.timeout(timeout);
  // Computed again for each attempt: a signature is valid for only five minutes.
  const authorize = other ? target.authorizeOther : target.authorize;
  const authorization = anonymous ? {} : await authorize?.(outgoing);
  const begin = performance.now();
  const response = await fetch(url, {
    method,
    headers: { ...headers, ...authorization },
    body: (body as Uint8Array<ArrayBuffer> | undefined) ?? null,
    redirect: 'manual',
    signal: abandon ? AbortSignal.any([tooLate, abandon]) : tooLate,
  });
  const text = await response.text();
  const duration = performance.now() - begin;
  return { status: response.status, headers: response.headers, text, duration, json: () => JSON.parse(text) };
};

/** Returns true for a throttled request. An exceeded quota is a 429 as well, but does not end within the patience of a test. */
const isThrottled = ({ status, text }: Response): boolean =>
  status === 429 && !text.includes(`"${problemType('quota-exceeded')}"`);

/**
 * Returns the pause in milliseconds: the seconds of `Retry-After`, or else a doubling pause with jitter, because many requests
 * wait at once.
 */
const pauseBefore = (attempt: number, headers: Headers): number => {
  const after = headers.get('retry-after') ?? '';
  if (/^\d+$/.test(after)) return Number(after) * 1000;
  return (0.5 + Math.random() / 2) * Math.min(2000, 50 * 2 ** attempt);
};

/** Returns the invoke URL without a trailing slash. */
export const base = ({ url }: Pick<Target, 'url'>): string => url.replace(/\/+$/, '');

/** Returns the reason why a request has no response. fetch itself reports only that it failed. */
export const reasonOf = (error: unknown): string => {
  const { message, cause } = error as Error;
  const { code, message: why } = (cause ?? {}) as NodeJS.ErrnoException;
  return [message, code ?? why].filter(Boolean).join(': ');
};
