/**
 * Returns the name under which API Gateway sends a header of a Lambda proxy function; undefined if it drops the header. API
 * Gateway reserves some names, which its important notes for REST APIs list.
 */
export const proxyHeaderName = (name: string): string | undefined => {
  const key = name.toLowerCase();
  if (neverSent.has(key) || mappedOnly.has(key) || proxyDropped.has(key)) {
    return undefined;
  }
  return alwaysRemapped.has(key) ? remapped(name) : name;
};

/**
 * Returns the same for a header that an integration response maps. As recorded, fewer headers are dropped and more are remapped.
 */
export const mappedHeaderName = (name: string): string | undefined => {
  const key = name.toLowerCase();
  if (neverSent.has(key)) {
    return undefined;
  }
  return alwaysRemapped.has(key) || mappedOnly.has(key) ? remapped(name) : name;
};

const remapped = (name: string): string => `x-amzn-Remapped-${name}`;

/** These headers would change how the message itself is parsed. */
const neverSent = new Set(['keep-alive', 'transfer-encoding']);

const proxyDropped = new Set(['te', 'via']);

/** Remapped in integration responses, dropped in responses of proxy functions. */
const mappedOnly = new Set(['expect', 'host', 'proxy-authenticate', 'trailer', 'upgrade']);

const alwaysRemapped = new Set([
  'authorization',
  'connection',
  'content-length',
  'content-md5',
  'date',
  'max-forwards',
  'server',
  'user-agent',
  'www-authenticate',
  'x-amzn-requestid',
]);
