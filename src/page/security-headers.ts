const policy = (styles: string): string =>
  [
    "default-src 'self'",
    `style-src ${styles}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

/**
 * Headers of everything that the page's server has of its own. The page may load and call its own server only. Scalar's bundle writes
 * its styles into the page.
 */
export const securityHeaders = {
  'Content-Security-Policy': policy("'self' 'unsafe-inline'"),
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
} as const;

/** Those of the console, whose styles are in a file. */
export const consoleHeaders = { ...securityHeaders, 'Content-Security-Policy': policy("'self'") } as const;
