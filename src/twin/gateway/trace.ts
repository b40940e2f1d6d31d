import { randomHex } from '../requests/random-hex.ts';
import { type HttpRequest, headerValue } from './http.ts';

/** The X-Ray trace of a request. */
export interface Trace {
  readonly root: string;
  /** `X-Amzn-Trace-Id` that the integration gets: only the root, unless the stage or the client traces. */
  readonly toIntegration: string;
  /** `X-Amzn-Trace-Id` of the response, which always has a parent. */
  readonly toClient: string;
}

/**
 * Returns the client's trace with missing parts generated. With tracing on, `sample` decides unless the client sent a decision.
 */
export const traceOf = (request: HttpRequest, tracingEnabled: boolean, sample: () => boolean = () => true): Trace => {
  const sent = headerValue(request.headers, 'X-Amzn-Trace-Id') ?? '';
  const seconds = Math.floor(request.receivedAt.getTime() / 1000).toString(16);
  const root = rootPart.exec(sent)?.[1] ?? `1-${seconds.padStart(8, '0')}-${randomHex(24)}`;
  const sentParent = parentPart.exec(sent)?.[1];
  const sampled = sampledPart.exec(sent)?.[1] ?? (tracingEnabled && sample() ? '1' : '0');
  const toClient = `Root=${root};Parent=${sentParent ?? randomHex(16)};Sampled=${sampled}`;
  return { root, toIntegration: tracingEnabled || sentParent !== undefined ? toClient : `Root=${root}`, toClient };
};

const part = (name: string, pattern: string): RegExp => new RegExp(`(?:^|;)\\s*${name}=(${pattern})\\s*(?:;|$)`, 'i');
const rootPart = part('Root', '1-[0-9a-f]{8}-[0-9a-f]{24}');
const parentPart = part('Parent', '[0-9a-f]{16}');
const sampledPart = part('Sampled', '[01]');
