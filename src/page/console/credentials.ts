import type { Header } from './messages.ts';

/** Returns a header for the page, with credentials masked. Of an AWS signature header, only the signature itself is secret. */
export const shownHeader = ([name, value]: readonly [string, string]): Header => {
  if (!isCredential(name)) return { name, value };
  const [scheme, ...rest] = value.split(' ');
  const isAuthorization = /authorization$/i.test(name) && scheme !== undefined && rest.length > 0;
  if (isAuthorization && isSignature(value))
    return { name, value: value.replace(/(\bSignature=)[^,\s]*/, `$1${mask}`), isMasked: true };
  return { name, value: isAuthorization ? `${scheme} ${mask}` : mask, isMasked: true };
};

/** Returns true for headers whose values allow others to act as the caller. */
export const isCredential = (name: string): boolean =>
  /^(?:proxy-)?authorization$|^(?:set-)?cookie$|api-?key|token|secret|password/i.test(name);

/** Returns true for an Authorization header with Signature Version 4. */
export const isSignature = (value: string): boolean => /^AWS4-/i.test(value);

/** Returns true for headers that are part of a signature and meaningless without it. */
export const isOfSignature = (name: string): boolean => /^x-amz-(?:date|security-token|content-sha256)$/i.test(name);

const mask = '••••••••';
