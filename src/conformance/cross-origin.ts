import assert from 'node:assert/strict';
import { responseHeaders } from '../contract/responses.ts';

/** Response headers that clients use, besides those that browsers expose to every page. */
const exposed = Object.keys(responseHeaders);

/** Returns the names in a list header, in lower case and sorted. Fails if a name occurs twice. */
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
 * Fails unless a response to a request from `origin`, which may be undefined, follows the rules for every response (Fetch
 * standard, 3.3): Access-Control-Allow-Origin has one value; Vary names Origin if that value depends on the request; and
 * Access-Control-Allow-Credentials is absent, because the API authenticates by headers and not by cookies.
 */
export const assertCrossOrigin = (headers: Headers, origin: string | undefined, what: string): void => {
  const allowed = headers.get('access-control-allow-origin');
  assert.ok([null, '*', origin].includes(allowed), `${what}: allows ${allowed}, not ${origin}`);
  if (allowed !== '*') assert.ok(listed(headers, 'vary').includes('origin'), `${what}: Vary must name Origin`);
  assert.equal(headers.get('access-control-allow-credentials'), null, what);
};

/** Fails unless pages of the origin may read the response and, except for a preflight, all headers that clients use. */
export const assertReadable = (headers: Headers, origin: string, method: string, what: string): void => {
  const allowed = headers.get('access-control-allow-origin');
  assert.ok(allowed === '*' || allowed === origin, `${what}: without CORS for ${origin}: ${allowed}`);
  if (method === 'OPTIONS') return;
  const names = listed(headers, 'access-control-expose-headers');
  const hidden = exposed.filter((name) => !names.includes(name.toLowerCase()));
  assert.ok(hidden.length === 0 || names.includes('*'), `${what}: hides ${hidden}`);
};
