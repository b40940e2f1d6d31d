import { randomBytes } from 'node:crypto';
import { type HttpRequest, headerValue } from './http.ts';

/** The X-Ray trace of a request. */
export interface Trace {
  readonly root: string;
  /** `X-Amzn-Trace-Id` as the integration gets it: the root alone, unless someone traces. */
  readonly toIntegration: string;
  /** `X-Amzn-Trace-Id` of the response, which always names a parent. */
  readonly toClient: string;
}

/** What the client sent of a trace, and the rest anew. Where tracing is on, `sample` decides unless the client has. */
export const traceOf = (request: HttpRequest, tracingEnabled: boolean, sample: () => boolean = () => true): Trace => {
  const sent = headerValue(request.headers, 'X-Amzn-Trace-Id') ?? '';
  const seconds = Math.floor(request.receivedAt.getTime() / 1000).toString(16);
  const root =
    part(sent, 'Root', '1-[0-9a-f]{8}-[0-9a-f]{24}') ?? `1-${seconds.padStart(8, '0')}-${randomBytes(12).toString('hex')}`;
  const sentParent = part(sent, 'Parent', '[0-9a-f]{16}');
  const sampled = part(sent, 'Sampled', '[01]') ?? (tracingEnabled && sample() ? '1' : '0');
  const toClient = `Root=${root};Parent=${sentParent ?? randomBytes(8).toString('hex')};Sampled=${sampled}`;
  return { root, toIntegration: tracingEnabled || sentParent !== undefined ? toClient : `Root=${root}`, toClient };
};

const part = (header: string, name: string, pattern: string): string | undefined =>
  new RegExp(`(?:^|;)\\s*${name}=(${pattern})\\s*(?:;|$)`, 'i').exec(header)?.[1];
