import { isIPv4, isIPv6 } from 'node:net';

/**
 * Formats of JSON Schema draft 4, as checks on strings. Any other `format` (`int32`, `password`, …) is only an annotation, in API
 * Gateway's validator as in this one.
 */
export const formats: Record<string, true | ((text: string) => boolean)> = {
  'date-time': (text) =>
    /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:?\d\d)$/.test(text) && !Number.isNaN(Date.parse(text)),
  email: (text) => /^[^\s@]+@[^\s@]+$/.test(text),
  hostname: (text) => text.length <= 255 && /^(?!-)[A-Za-z0-9-]{1,63}(?<!-)(\.(?!-)[A-Za-z0-9-]{1,63}(?<!-))*$/.test(text),
  ipv4: (text) => isIPv4(text),
  ipv6: (text) => isIPv6(text),
  regex: (text) => {
    try {
      return new RegExp(text) instanceof RegExp;
    } catch {
      return false;
    }
  },
  uri: (text) => URL.canParse(text),
};
