import http from 'node:http';

/** A request to the API. */
export interface Request {
  readonly method: string;
  /** Appended unchanged to the invoke URL. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** A string is sent in UTF-8. */
  readonly body?: string | Buffer;
}

/** The response to a request, or the reason for a missing response. */
export interface Response {
  /** Undefined if there was no response; `text` is then the reason. */
  readonly status: number | undefined;
  readonly headers: http.IncomingHttpHeaders;
  readonly text: string;
  /** Milliseconds until the end of the response. */
  readonly ms: number;
}

/** A client of one deployment. */
export interface Client {
  /** Never rejects: a missing response is also a result. */
  send(request: Request): Promise<Response>;
  close(): void;
}

export const createClient = (invokeUrl: string): Client => {
  const agent = new http.Agent({ keepAlive: true });
  return {
    send: (request) => send(invokeUrl, agent, request),
    close: () => agent.destroy(),
  };
};

/** Milliseconds. API Gateway times out after 29 s, so a later response is a fault of the twin. */
const timeout = 31_000;

const send = (invokeUrl: string, agent: http.Agent, { method, path, headers, body }: Request): Promise<Response> =>
  new Promise((resolve) => {
    const startedAt = performance.now();
    const settle = (response: Omit<Response, 'ms'>): void => {
      clearTimeout(timer);
      resolve({ ...response, ms: performance.now() - startedAt });
    };
    const lost = (error: Error): void => settle({ status: undefined, headers: {}, text: error.message });
    const { hostname, port, pathname } = new URL(invokeUrl);
    const content = body === undefined ? undefined : Buffer.from(body);
    const sent = http.request(
      {
        hostname,
        port,
        agent,
        method,
        path: pathname + path,
        // Without a length, Node.js sends the body of a DELETE in chunks.
        headers: { ...headers, ...(content && { 'Content-Length': content.length }) },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response
          .on('data', (chunk: Buffer) => chunks.push(chunk))
          .on('error', lost)
          .on('end', () =>
            settle({ status: response.statusCode, headers: response.headers, text: Buffer.concat(chunks).toString() }),
          );
      },
    );
    const timer = setTimeout(() => sent.destroy(new Error(`no response within ${timeout / 1000} s`)), timeout);
    sent.on('error', lost).end(content);
  });

/** Returns the body of a response if it is a JSON object, otherwise an empty object. */
export const json = ({ text }: Pick<Response, 'text'>): Readonly<Record<string, unknown>> => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
};

/** Returns status and detail of a response in one line. */
export const summary = (response: Response): string => {
  const { detail } = json(response);
  return `${response.status ?? 'no response'} ${typeof detail === 'string' ? detail : response.text}`.trim().slice(0, 160);
};

/** Formats a duration for a message, such as `12.3 s`. */
export const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
