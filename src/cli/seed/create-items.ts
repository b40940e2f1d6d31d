import { setTimeout as pause } from 'node:timers/promises';
import { signer } from '../../page/sign.ts';
import type { Description } from '../../twin/index.ts';
import type { SeedLine } from './seed-file.ts';

/** Result of the creation of items. */
export interface SeedResult {
  readonly written: number;
  readonly existing: number;
  /** Reason why it ended before the last item: the line, and the API's message for it. */
  readonly stopped?: { readonly line: number; readonly reason: string };
}

export interface CreateOptions {
  readonly signal: AbortSignal;
  /** User-Agent that identifies these requests. */
  readonly userAgent: string;
  /** Milliseconds for which a throttled item is retried. */
  readonly patience?: number;
  /** Called once, after the first response with status 429. */
  onThrottled?(): void;
}

/**
 * Creates items through the API, four at a time, signed and with the API key if the methods require them. An item that exists is
 * not changed. Rejects only with the reason of the signal.
 */
export const createItems = async (
  stack: Pick<Description, 'credentials' | 'apiKey'>,
  url: URL,
  lines: readonly SeedLine[],
  options: CreateOptions,
): Promise<SeedResult> => {
  const send = sender(stack, url, options);
  let [written, existing] = [0, 0];
  let stopped: SeedResult['stopped'];
  let isThrottled = false;
  const onThrottled = (): void => {
    if (!isThrottled) options.onThrottled?.();
    isThrottled = true;
  };
  const rest = lines.values();
  const worker = async (): Promise<void> => {
    for (const { line, body } of rest) {
      const reply = await untilNotThrottled(() => send(body), { ...options, onThrottled });
      if (reply.status === 201) written += 1;
      else if (reply.status === 409) existing += 1;
      else if (stopped === undefined || line < stopped.line) stopped = { line, reason: reasonOf(reply) };
      if (stopped) return;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return { written, existing, ...(stopped && { stopped }) };
};

const atOnce = 4;

interface Reply {
  /** 0 if there is no response. */
  readonly status: number;
  /** Milliseconds; undefined if the response has no Retry-After. */
  readonly retryAfter?: number;
  readonly body: string;
}

const sender = (
  { credentials, apiKey }: Pick<Description, 'credentials' | 'apiKey'>,
  url: URL,
  { signal, userAgent }: CreateOptions,
): ((body: string) => Promise<Reply>) => {
  const sign = credentials && signer(credentials);
  const headers = Object.entries({
    'Content-Type': 'application/json',
    'User-Agent': userAgent,
    ...(apiKey !== undefined && { 'x-api-key': apiKey }),
  });
  return async (text) => {
    const unsigned = { method: 'POST', url, headers, body: Buffer.from(text) };
    const sent = sign ? await sign(unsigned) : unsigned;
    try {
      const response = await fetch(url, { method: 'POST', headers: sent.headers.map(copy), body: text, signal });
      const seconds = Number(response.headers.get('Retry-After') ?? Number.NaN);
      const { status } = response;
      return { status, body: await response.text(), ...(seconds >= 0 && { retryAfter: seconds * 1000 }) };
    } catch (error) {
      signal.throwIfAborted();
      const { message, cause } = error as Error;
      return { status: 0, body: cause instanceof Error ? cause.message : message };
    }
  };
};

const copy = ([name, value]: readonly [string, string]): [string, string] => [name, value];

/** Repeats a throttled request. An exceeded quota is not waited for, because it ends only with its period. */
const untilNotThrottled = async (send: () => Promise<Reply>, options: CreateOptions): Promise<Reply> => {
  const { signal, patience = 60_000, onThrottled } = options;
  const begun = performance.now();
  for (let bound = firstPause; ; bound = Math.min(bound * 2, longestPause)) {
    const reply = await send();
    if (reply.status !== 429 || /quota/i.test(problemOf(reply).type ?? '')) return reply;
    const wait = reply.retryAfter ?? bound * (0.5 + Math.random() / 2);
    if (performance.now() - begun + wait > patience) return reply;
    onThrottled?.();
    await pause(wait, undefined, { signal });
  }
};

/** Milliseconds. */
const firstPause = 100;
const longestPause = 5000;

const reasonOf = (reply: Reply): string => {
  if (reply.status === 0) return `there is no response (${reply.body})`;
  const { title, detail, message } = problemOf(reply);
  return [reply.status, [title, detail ?? message].filter(Boolean).join(': ')].join(' ').trim().replace(/\.$/, '');
};

interface Problem {
  readonly type?: string;
  readonly title?: string;
  readonly detail?: string;
  readonly message?: string;
}

const problemOf = ({ body }: Reply): Problem => {
  try {
    const problem: unknown = JSON.parse(body);
    return typeof problem === 'object' && problem !== null ? problem : {};
  } catch {
    return {};
  }
};
