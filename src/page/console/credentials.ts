import type { Header } from './messages.ts';

/** A header as the page shows it: without credentials. Of a signature all but the signature itself is shown, as it is no secret. */
export const shownHeader = ([name, value]: readonly [string, string]): Header => {
  if (!isCredential(name)) return { name, value };
  const [scheme, ...rest] = value.split(' ');
  const isAuthorization = /authorization$/i.test(name) && scheme !== undefined && rest.length > 0;
  if (isAuthorization && isSignature(value))
    return { name, value: value.replace(/(\bSignature=)[^,\s]*/, `$1${mask}`), isMasked: true };
  return { name, value: isAuthorization ? `${scheme} ${mask}` : mask, isMasked: true };
};

/** True of headers whose values let others act as the caller. */
export const isCredential = (name: string): boolean =>
  /^(?:proxy-)?authorization$|^(?:set-)?cookie$|api-?key|token|secret|password/i.test(name);

/** True of an Authorization header with a Signature Version 4. */
export const isSignature = (value: string): boolean => /^AWS4-/i.test(value);

/** Headers that belong to a signature and count no longer without it. */
export const isOfSignature = (name: string): boolean => /^x-amz-(?:date|security-token|content-sha256)$/i.test(name);

const mask = '••••••••';
