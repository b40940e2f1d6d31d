/** A request that the page's server sends for the page. */
export interface SentRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
}

/**
 * Parses what the page posts: a line of JSON with method, URL and headers, then the bytes of the body. Returns undefined if the
 * content has another form.
 */
export const parseSentRequest = (posted: Buffer): SentRequest | undefined => {
  const end = posted.indexOf('\n');
  if (end === -1) return undefined;
  try {
    const { method, url, headers } = JSON.parse(posted.toString('utf8', 0, end)) as Record<string, unknown>;
    if (typeof method !== 'string' || !isSentMethod(method)) return undefined;
    if (typeof url !== 'string' || !isHeaders(headers)) return undefined;
    return {
      method,
      url: new URL(url),
      headers: headers.filter(([name]) => !isLeftOut(name)),
      body: posted.subarray(end + 1),
    };
  } catch {
    return undefined;
  }
};

/**
 * Returns true for URLs of the stage. `URL` has resolved `..` and `%2e%2e`, which could lead out of it, and the resolved URL is
 * the one that is sent.
 */
export const isOfStage = (url: URL, invokeUrl: string): boolean => {
  const stage = new URL(invokeUrl);
  return (
    url.origin === stage.origin &&
    url.username === '' &&
    url.password === '' &&
    `${url.pathname}/`.startsWith(`${stage.pathname.replace(/\/$/, '')}/`)
  );
};

/** Returns true for methods that are allowed. */
export const isSentMethod = (method: string): boolean => methods.includes(method);

const methods: readonly string[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

const isHeaders = (value: unknown): value is [string, string][] =>
  Array.isArray(value) &&
  value.every(
    (pair) => Array.isArray(pair) && pair.length === 2 && isText(pair[0], headerName) && isText(pair[1], headerValue),
  );

const isText = (value: unknown, form: RegExp): boolean => typeof value === 'string' && form.test(value);

/** Token characters (RFC 9110, 5.6.2). */
const headerName = /^[\w!#$%&'*+.^`|~-]+$/;

/** Field values (RFC 9110, 5.5). A character is a byte. */
const headerValue = /^[\t\x20-\x7e\x80-\xff]*$/;

/**
 * Returns true for headers of a connection (RFC 9110, 7.6.1), headers that the page's server sets itself, and headers that only a
 * browser may set.
 */
const isLeftOut = (name: string): boolean => /^(?:proxy-|sec-)/i.test(name) || leftOut.has(name.toLowerCase());

const leftOut = new Set([
  'connection',
  'content-length',
  'cookie',
  'expect',
  'host',
  'keep-alive',
  'origin',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);
