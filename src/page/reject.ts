import type { ServerResponse } from 'node:http';
import { securityHeaders } from './security-headers.ts';

/** Responds with a sentence that states why the page's server rejects the request. */
export const reject = (
  response: ServerResponse,
  status: number,
  sentence: string,
  headers: Readonly<Record<string, string>> = {},
): void => {
  response
    .writeHead(status, {
      ...securityHeaders,
      'Content-Type': 'text/plain; charset=utf-8',
      'Cache-Control': 'no-store',
      ...headers,
    })
    .end(`${sentence}\n`);
};
