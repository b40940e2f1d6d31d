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
 * Headers of all responses of the page's server itself. The page may load from and call only its own server. Scalar's bundle adds
 * inline styles to the page.
 */
export const securityHeaders = {
  'Content-Security-Policy': policy("'self' 'unsafe-inline'"),
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
} as const;

/** Headers of the console, whose styles are in files. */
export const consoleHeaders = { ...securityHeaders, 'Content-Security-Policy': policy("'self'") } as const;
