import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Handler, PageStack } from './context.ts';
import { pageDocument } from './document.ts';
import { htmlPage } from './html.ts';
import { securityHeaders } from './security-headers.ts';

/** A stack whose API the page documents. */
export interface Documented {
  readonly stack: PageStack;
  readonly invokeUrl: string;
  readonly bundle: string;
}

/** Returns the handlers of that page's files, by path. */
export const files = async (
  { stack, invokeUrl, bundle }: Documented,
  token: string,
): Promise<ReadonlyMap<string, Handler>> => {
  const [version, bundleVersion] = await Promise.all([
    versionOf(join(import.meta.dirname, '../..')),
    versionOf(join(dirname(bundle), '../..')),
  ]);
  // The name contains the version, so the browser can cache the file across starts.
  const bundlePath = `/scalar-${bundleVersion}.js`;
  const html = htmlPage({ stack, token, bundlePath });
  const document = JSON.stringify(pageDocument(stack, { invokeUrl, version }));
  const script = await readFile(join(import.meta.dirname, 'client.js'));
  return new Map([
    ['/', text('text/html', html)],
    ['/client.js', text('text/javascript', script)],
    ['/openapi.json', text('application/json', document)],
    [bundlePath, streamed('text/javascript', bundle)],
  ]);
};

/** Serves the icon of all pages. */
export const serveIcon: Handler = (request, response) => text('image/svg+xml', icon)(request, response);

const icon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path fill="#777" d="M2 2h12v3H2zM2 7h12v3H2zM2 12h12v3H2z"/></svg>';

const versionOf = async (folder: string): Promise<string> =>
  (JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as { version: string }).version;

/** Browsers must not cache these files: each start has another token, and the API may have changed. */
const text =
  (type: string, content: string | Buffer): Handler =>
  async (_, response) => {
    response
      .writeHead(200, { ...securityHeaders, 'Content-Type': `${type}; charset=utf-8`, 'Cache-Control': 'no-store' })
      .end(content);
  };

const streamed =
  (type: string, file: string): Handler =>
  async (_, response) => {
    response.writeHead(200, {
      ...securityHeaders,
      'Content-Type': `${type}; charset=utf-8`,
      'Cache-Control': 'private, max-age=31536000, immutable',
    });
    await pipeline(createReadStream(file), response);
  };
