import { shellQuoted } from '../../text/shell-quoted.ts';
import { isCredential, isOfSignature, isSignature } from './credentials.ts';

export interface CurlRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
  readonly region: string;
}

/**
 * Returns a command for POSIX shells that sends a request again. Shell variables replace credentials: $TOKEN for a token,
 * $API_KEY, $COOKIE, and AWS's variables for an access key, with which curl creates a new signature.
 */
export const curlCommand = ({ method, url, headers, body, region }: CurlRequest): string => {
  const isSigned = headers.some(([name, value]) => name.toLowerCase() === 'authorization' && isSignature(value));
  const sent = headers.filter(([name]) => !(isOfCurl(name) || (isSigned && (isOfSignature(name) || isAuthorization(name)))));
  const parts = [
    'curl -i',
    ...(method === 'GET' ? [] : [`-X ${shellQuoted(method)}`]),
    ...(isSigned
      ? [`--aws-sigv4 ${shellQuoted(`aws:amz:${region}:execute-api`)}`, '--user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY"']
      : []),
    shellQuoted(url),
    ...sent.map(([name, value]) => `-H ${headerWord(name, value)}`),
  ];
  if (body.length === 0) return parts.join(' ');
  const text = textOf(body);
  return text === undefined
    ? `base64 -d <<< ${body.toString('base64')} | ${[...parts, '--data-binary @-'].join(' ')}`
    : [...parts, `--data-raw ${shellQuoted(text)}`].join(' ');
};

const headerWord = (name: string, value: string): string => {
  if (!isCredential(name)) return shellQuoted(value === '' ? `${name};` : `${name}: ${value}`);
  const variable = isAuthorization(name)
    ? 'TOKEN'
    : name
        .toUpperCase()
        .replaceAll(/[^A-Z0-9]/g, '_')
        .replace(/^X_/, '');
  return `"${name}: $${variable}"`;
};

const isAuthorization = (name: string): boolean => name.toLowerCase() === 'authorization';

/** Returns true for headers that curl sets itself, and for those of browsers and connections. */
const isOfCurl = (name: string): boolean =>
  /^(?:host|connection|content-length|transfer-encoding|accept-encoding|user-agent|keep-alive|expect|te|upgrade|sec-.*|proxy-.*)$/i.test(
    name,
  );

/** Returns undefined for bytes that cannot be part of an argument. */
const textOf = (body: Buffer): string | undefined => {
  if (body.includes(0)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    return undefined;
  }
};
