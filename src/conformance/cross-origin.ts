import assert from 'node:assert/strict';
import { responseHeaders } from '../contract/responses.ts';

/** Headers of responses that clients act on, beyond the few that browsers show every page. */
const exposed = Object.keys(responseHeaders);

/** The names in a list header, in lower case and order; none may stand there twice. */
export const listed = (headers: Headers, header: string): readonly string[] => {
  const names = (headers.get(header) ?? '')
    .toLowerCase()
    .split(/\s*,\s*/)
    .filter(Boolean)
    .sort();
  assert.deepEqual(names, [...new Set(names)], `${header} names something twice`);
  return names;
};

/**
 * Fails unless a response to a request from `origin`, undefined for none, says what holds for every response (Fetch standard,
 * 3.3): one value for who may read it, caches told if that depends on who asks, and never a word of credentials, as the API
 * authenticates by headers and not by cookies.
 */
export const assertCrossOrigin = (headers: Headers, origin: string | undefined, what: string): void => {
  const allowed = headers.get('access-control-allow-origin');
  assert.ok([null, '*', origin].includes(allowed), `${what}: allows ${allowed}, not ${origin}`);
  if (allowed !== '*') assert.ok(listed(headers, 'vary').includes('origin'), `${what}: Vary must name Origin`);
  assert.equal(headers.get('access-control-allow-credentials'), null, what);
};

/** Fails unless pages of the origin may read the response, and all of its headers that matter if it is no preflight's. */
export const assertReadable = (headers: Headers, origin: string, method: string, what: string): void => {
  const allowed = headers.get('access-control-allow-origin');
  assert.ok(allowed === '*' || allowed === origin, `${what}: without CORS for ${origin}: ${allowed}`);
  if (method === 'OPTIONS') return;
  const names = listed(headers, 'access-control-expose-headers');
  const hidden = exposed.filter((name) => !names.includes(name.toLowerCase()));
  assert.ok(hidden.length === 0 || names.includes('*'), `${what}: hides ${hidden}`);
};
