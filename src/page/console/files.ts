import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { Handler } from '../context.ts';
import { consoleHeaders } from '../security-headers.ts';
import { consolePage } from './html.ts';

/**
 * Returns the handlers of the console's files, by path. Browsers must not cache the files: each start has another token, and may
 * have other files.
 */
export const consoleFiles = (settings: Parameters<typeof consolePage>[0]): ReadonlyMap<string, Handler> => {
  const folder = join(import.meta.dirname, 'browser');
  const files = readdirSync(folder).flatMap((name): [string, Handler][] => {
    const type = types[extname(name)];
    return type === undefined ? [] : [[`/console/${name}`, served(type, readFileSync(join(folder, name)))]];
  });
  return new Map([...files, ['/console/', served('text/html', consolePage(settings))]]);
};

const types: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.css': 'text/css' };

const served =
  (type: string, content: string | Buffer): Handler =>
  async (_, response) => {
    response
      .writeHead(200, { ...consoleHeaders, 'Content-Type': `${type}; charset=utf-8`, 'Cache-Control': 'no-store' })
      .end(content);
  };
