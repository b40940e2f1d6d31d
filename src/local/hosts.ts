import { headerValues } from './sigv4.ts';

type Headers = readonly (readonly [name: string, value: string])[];

/**
 * Why a request is not for a server of the twin; undefined if it is. The names of websites may lead to this machine (DNS rebinding):
 * their pages would be of the same origin as the server then. `allowed` are names beside those of the loopback interface.
 */
export const whyNotForHost = (headers: Headers, allowed: readonly string[] = []): string | undefined => {
  const [host, ...others] = headerValues({ headers }, 'host');
  // RFC 9112, 3.2: a server responds with 400 to more than one, and Node.js to none.
  if (others.length > 0) return 'The request has several Host headers.';
  const name = (host ?? '').replace(/:\d*$/, '').toLowerCase();
  if (isLoopback(name) || allowed.includes(name)) return undefined;
  return `The twin serves the names of this machine's loopback interface, such as localhost, and the request is for ${JSON.stringify(name)}: start it with --allow-host ${name} to allow that.`;
};

const isLoopback = (name: string): boolean =>
  name === 'localhost' || name.endsWith('.localhost') || name === '[::1]' || /^127(\.\d{1,3}){3}$/.test(name);
