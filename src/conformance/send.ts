import { setTimeout as wait } from 'node:timers/promises';
import { problemType } from '../contract/problems.ts';

/** Address of the API under test, and how to reach it. */
export interface Target {
  /** Invoke URL with the stage, such as `https://….execute-api.eu-central-1.amazonaws.com/v1`. */
  readonly url: string;
  /** Origin that the API allows; every request claims to come from it, unless its case says otherwise. */
  readonly origin?: string;
  /** Further origins that the API allows. */
  readonly otherOrigins?: readonly string[];
  /** Milliseconds for which a request that is throttled (429) is repeated. Not at all, unless told otherwise. */
  readonly patience?: number;
  /** Cases send nothing more once it aborts; what is under way still gets its response, and what they made can be removed. */
  readonly signal?: AbortSignal;
  /** Adds what authorizes a request: a signature, a token, an API key. */
  authorize?(request: Outgoing): Promise<Record<string, string>> | Record<string, string>;
  /** Does the same for another caller, if the target has one. */
  authorizeOther?(request: Outgoing): Promise<Record<string, string>> | Record<string, string>;
  /** Called with every response to a case. */
  onResponse?(response: RequestOutcome): void;
  /** Told the path of each item that a case has made, and again when it is gone. */
  onItem?(path: string, state: 'created' | 'deleted'): void;
}

/** A target that the suite cannot run on, for a reason that its user can fix. The message names it and says what to do. */
export class TargetError extends Error {
  override readonly name = 'TargetError';
}

/** A request as it leaves. */
export interface Outgoing {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | undefined;
  /** Leaves out what would authorize it. */
  readonly anonymous?: boolean;
  /** Comes from the target's other caller. */
  readonly other?: boolean;
  /** Ends it unanswered: only for a request that changes nothing. */
  readonly abandon?: AbortSignal;
}

/** A response, read to its end. */
export interface Response {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body parsed as JSON; fails the case if it is not. */
  // biome-ignore lint/suspicious/noExplicitAny: cases assert the shape themselves.
  json(): any;
}

/** Response to a request, and the milliseconds that it took, without the wait for a throttled stage. */
export interface RequestOutcome {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly text: string;
  readonly duration: number;
}

/** Sends a request and reads the response, again as long as the stage is throttled, patience lasts and the signal does not abort. */
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

/** API Gateway quotes an Authorization header that it cannot read. */
export const withoutSecrets = (text: string): string => text.replace(/Authorization=[^\s"]+/g, 'Authorization=…');

/** Longer than API Gateway keeps anybody waiting, which is 29 s unless a quota says otherwise. */
const timeout = 40_000;

const exchange = async (target: Pick<Target, 'authorize' | 'authorizeOther'>, outgoing: Outgoing) => {
  const { method, url, headers, body, anonymous, other, abandon } = outgoing;
  const tooLate = AbortSignal.timeout(timeout);
  // Anew for each attempt: a signature is good for five minutes only.
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

/** A quota that is used up is a 429, too, but not one that passes within the patience of a test. */
const isThrottled = ({ status, text }: Response): boolean =>
  status === 429 && !text.includes(`"${problemType('quota-exceeded')}"`);

/** Milliseconds: what `Retry-After` says in seconds, or else doubling, with jitter, as many are told to wait at once. */
const pauseBefore = (attempt: number, headers: Headers): number => {
  const after = headers.get('retry-after') ?? '';
  if (/^\d+$/.test(after)) return Number(after) * 1000;
  return (0.5 + Math.random() / 2) * Math.min(2000, 50 * 2 ** attempt);
};

/** Invoke URL without a slash at its end. */
export const base = ({ url }: Pick<Target, 'url'>): string => url.replace(/\/+$/, '');

/** Returns the reason why a request got no response: fetch itself reports only that it failed. */
export const reasonOf = (error: unknown): string => {
  const { message, cause } = error as Error;
  const { code, message: why } = (cause ?? {}) as NodeJS.ErrnoException;
  return [message, code ?? why].filter(Boolean).join(': ');
};
