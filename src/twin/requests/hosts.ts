import type { IncomingMessage } from 'node:http';
import { headerValues } from '../iam/sigv4.ts';

type Headers = readonly (readonly [name: string, value: string])[];

/** Reason why a request is not for a server of the twin, and the status of the response. */
export interface NotHere {
  readonly status: 400 | 403;
  readonly message: string;
}

/**
 * Returns the reason why a request is not for a server of the twin; undefined if it is. The names of websites may resolve to this
 * machine (DNS rebinding): their pages would be of the same origin as the server then. `allowed` are names beside those of the
 * loopback interface.
 */
export const whyNotHere = (headers: Headers, allowed: readonly string[] = []): NotHere | undefined => {
  const [host, ...others] = headerValues({ headers }, 'host');
  // RFC 9112, 3.2. Node.js itself rejects requests of HTTP/1.1 without one.
  if (others.length > 0) return { status: 400, message: 'The request has several Host headers.' };
  if (host === undefined) return { status: 400, message: 'The request has no Host header.' };
  const name = normalized(host.replace(/:\d*$/, ''));
  if (isLoopback(name) || allowed.some((one) => normalized(one) === name)) return undefined;
  const served = "The twin serves the names of this machine's loopback interface, such as localhost";
  const remedy = isHostName(name) ? `: start it with --allow-host ${name} to allow that` : '';
  return { status: 403, message: `${served}, and the request is for ${JSON.stringify(name)}${remedy}.` };
};

/** True of what can stand in a Host header in front of a port. */
export const isHostName = (text: string): boolean => /^(?:[\w-]+(?:\.[\w-]+)*\.?|\[[\da-f:.]+\])$/i.test(text);

/** Names are the same in any case, and with the dot of the root at their end. */
const normalized = (name: string): string => name.toLowerCase().replace(/\.$/, '');

const isLoopback = (name: string): boolean =>
  name === 'localhost' || name.endsWith('.localhost') || name === '[::1]' || /^127(\.\d{1,3}){3}$/.test(name);

/**
 * True if a web page sends the request: no function or tool names an origin or says whose page asks, as browsers do
 * (https://www.w3.org/TR/fetch-metadata/). A script element sends no Origin.
 */
export const isFromPage = ({ headers }: Pick<IncomingMessage, 'headers'>): boolean =>
  headers.origin !== undefined || headers['sec-fetch-site'] !== undefined;
