import type { IncomingMessage } from 'node:http';
import { headerValues } from '../iam/sigv4.ts';

type Headers = readonly (readonly [name: string, value: string])[];

/** Reason why a server of the twin rejects the Host of a request, and the status of the response. */
export interface NotHere {
  readonly status: 400 | 403;
  readonly message: string;
}

/**
 * Returns the reason why the Host of a request is rejected; undefined if it is accepted. The name of a website can resolve to
 * this machine (DNS rebinding): its pages would then have the same origin as the server. `allowed` are names in addition to those
 * of the loopback interface.
 */
export const whyNotHere = (headers: Headers, allowed: readonly string[] = []): NotHere | undefined => {
  const [host, ...others] = headerValues({ headers }, 'host');
  // RFC 9112, 3.2. Node.js itself rejects HTTP/1.1 requests without a Host header.
  if (others.length > 0) return { status: 400, message: 'The request has several Host headers.' };
  if (host === undefined) return { status: 400, message: 'The request has no Host header.' };
  const name = normalized(host.replace(/:\d*$/, ''));
  if (isLoopback(name) || allowed.some((one) => normalized(one) === name)) return undefined;
  const served = "The twin serves the names of this machine's loopback interface, such as localhost";
  const remedy = isHostName(name) ? `: start it with --allow-host ${name} to allow that` : '';
  return { status: 403, message: `${served}, and the request is for ${JSON.stringify(name)}${remedy}.` };
};

/** Returns true if a text is a valid host in a Host header, without a port. */
export const isHostName = (text: string): boolean => /^(?:[\w-]+(?:\.[\w-]+)*\.?|\[[\da-f:.]+\])$/i.test(text);

/** Host names are not case-sensitive, and can end with the dot of the root. */
const normalized = (name: string): string => name.toLowerCase().replace(/\.$/, '');

const isLoopback = (name: string): boolean =>
  name === 'localhost' || name.endsWith('.localhost') || name === '[::1]' || /^127(\.\d{1,3}){3}$/.test(name);

/**
 * Returns true if a web page sends the request. Only browsers send an Origin header or Fetch Metadata
 * (https://www.w3.org/TR/fetch-metadata/); functions and tools do not. A script element sends no Origin.
 */
export const isFromPage = ({ headers }: Pick<IncomingMessage, 'headers'>): boolean =>
  headers.origin !== undefined || headers['sec-fetch-site'] !== undefined;
