/**
 * The name under which a header of a Lambda proxy function's output is sent, undefined if it is not: API Gateway keeps some
 * for itself, as its important notes for REST APIs list them.
 */
export const proxyHeaderName = (name: string): string | undefined => {
  const key = name.toLowerCase();
  if (neverSent.has(key) || mappedOnly.has(key) || proxyDropped.has(key)) {
    return undefined;
  }
  return alwaysRemapped.has(key) ? remapped(name) : name;
};

/** The same for a header that an integration response maps, as recorded: fewer are dropped, and more are remapped. */
export const mappedHeaderName = (name: string): string | undefined => {
  const key = name.toLowerCase();
  if (neverSent.has(key)) {
    return undefined;
  }
  return alwaysRemapped.has(key) || mappedOnly.has(key) ? remapped(name) : name;
};

const remapped = (name: string): string => `x-amzn-Remapped-${name}`;

/** Would change how the message itself is read. */
const neverSent = new Set(['keep-alive', 'transfer-encoding']);

const proxyDropped = new Set(['te', 'via']);

/** Remapped when mapped, dropped when a proxy function sends them. */
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
