import { Readable } from 'node:stream';
import type { CloudFormationClientConfig } from '@aws-sdk/client-cloudformation';

/** Milliseconds. By default, the SDK waits without limit for an endpoint that accepts a connection and sends nothing. */
export const limits = { connectionTimeout: 5_000, notice: 10_000, response: 30_000 } as const;

export type RequestHandler = Extract<CloudFormationClientConfig['requestHandler'], { handle: unknown }>;

/**
 * Wraps a request handler. Reports an endpoint that has not responded after 10 s, and aborts a request whose response is not
 * complete after 30 s. The SDK's own timeouts restart with every byte, so a slow response never exceeds them.
 */
export const limited = (
  inner: RequestHandler,
  tell: (line: string) => void = (line) => console.error(line),
): RequestHandler =>
  Object.assign(Object.create(inner), {
    async handle(request: Parameters<RequestHandler['handle']>[0], options: Parameters<RequestHandler['handle']>[1]) {
      return within(originOf(request), tell, async (signal) => {
        const { abortSignal } = options ?? {};
        const either = abortSignal ? AbortSignal.any([signal, abortSignal as AbortSignal]) : signal;
        const { response } = await inner.handle(request, {
          ...options,
          abortSignal: either,
          requestTimeout: limits.response,
        });
        if (response.body instanceof Readable) response.body = Readable.from([await contentOf(response.body, either)]);
        return { response };
      });
    },
  });

/** Runs a request under the limits. Rejects with a TimeoutError that names the origin. `tell` receives the notice. */
export const within = async <Result>(
  origin: string,
  tell: (line: string) => void,
  request: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> => {
  const controller = new AbortController();
  const notice = setTimeout(() => tell(`waiting for ${origin}: no response for ${limits.notice / 1000} s`), limits.notice);
  const limit = setTimeout(() => controller.abort(), limits.response);
  try {
    return await request(controller.signal);
  } catch (error) {
    if (!controller.signal.aborted) throw error;
    const message = `${origin} did not respond completely within ${limits.response / 1000} s`;
    // The SDK retries a request after an error with this name.
    throw Object.assign(new Error(message, { cause: error }), { name: 'TimeoutError' });
  } finally {
    clearTimeout(notice);
    clearTimeout(limit);
  }
};

const contentOf = async (body: Readable, signal: AbortSignal): Promise<Buffer> => {
  const end = () => body.destroy(signal.reason);
  signal.addEventListener('abort', end);
  try {
    return Buffer.concat(await body.toArray({ signal }));
  } finally {
    signal.removeEventListener('abort', end);
  }
};

const originOf = ({ protocol, hostname, port }: { protocol: string; hostname: string; port?: number }): string =>
  `${protocol}//${hostname}${port === undefined ? '' : `:${port}`}`;
