import { parseJson } from './vtl-values.ts';

/** `$util` of mapping templates. */
export const util = {
  /** Escapes as in a JavaScript string, including single quotes, which makes invalid JSON. */
  escapeJavaScript: (text: unknown): string =>
    JSON.stringify(String(text ?? ''))
      .slice(1, -1)
      .replaceAll("'", "\\'")
      .replaceAll('/', '\\/'),
  parseJson: (text: unknown): unknown => parseJson(String(text)),
  /** Encodes as Java's URLEncoder does: a space becomes `+`; only letters, digits and `.-*_` are kept. */
  urlEncode: (text: unknown): string =>
    encodeURIComponent(String(text))
      .replaceAll('%20', '+')
      .replace(/[!'()~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`),
  urlDecode: (text: unknown): string => decodeURIComponent(String(text).replaceAll('+', ' ')),
  base64Encode: (text: unknown): string => Buffer.from(String(text)).toString('base64'),
  base64Decode: (text: unknown): string => Buffer.from(String(text), 'base64').toString('utf8'),
};
