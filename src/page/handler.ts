import { randomBytes } from 'node:crypto';
import { splitTarget } from '../twin/requests/raw-request.ts';
import { type Asked, whyNotHere, whyNotLoaded, whyNotSend } from './access.ts';
import { consoleFiles } from './console/files.ts';
import { consoleRoutes } from './console/routes.ts';
import type { Handler, PageContext } from './context.ts';
import { createDelivery } from './deliver.ts';
import { files, serveIcon } from './files.ts';
import { reject } from './reject.ts';
import { createSender } from './send.ts';

/**
 * Creates the handler of requests to the page's server. Only pages that this handler serves can send requests and read events.
 */
export const createHandler = async (context: PageContext): Promise<Handler> => {
  const { stack, invokeUrl, bundle } = context;
  const token = randomBytes(32).toString('base64url');
  const documented = invokeUrl !== undefined && bundle !== undefined ? { stack, invokeUrl, bundle } : undefined;
  const served = new Map<string, Handler>([
    ...(documented ? await files(documented, token) : []),
    ...consoleFiles({ token, hasDocs: documented !== undefined }),
    ['/icon.svg', serveIcon],
  ]);
  const deliver = createDelivery(stack);
  const posted = new Map<string, Handler>([
    [sendPath, createSender(invokeUrl, deliver)],
    ...consoleRoutes(context, deliver),
  ]);

  return async (request, response) => {
    const asked: Asked = { headers: request.headersDistinct, port: context.port, token };
    const { path } = splitTarget(request.url ?? '/');
    const elsewhere = whyNotHere(asked);
    if (elsewhere !== undefined) return reject(response, 403, elsewhere);
    const handle = posted.get(path);
    if (handle !== undefined) {
      if (request.method !== 'POST') return reject(response, 405, 'Requests are sent with POST.', { Allow: 'POST' });
      const forbidden = whyNotSend(asked);
      return forbidden === undefined ? handle(request, response) : reject(response, 403, forbidden);
    }
    const file = served.get(path);
    if (file === undefined) {
      if (path === '/' || path === '/console')
        return reject(response, 302, 'The console is at /console/.', { Location: '/console/' });
      return reject(
        response,
        404,
        `There is nothing here: ${documented ? 'the pages are at / and /console/' : 'the console is at /console/'}.`,
      );
    }
    if (request.method !== 'GET') return reject(response, 405, 'The page is read with GET.', { Allow: 'GET' });
    const foreign = path.endsWith('/') ? undefined : whyNotLoaded(asked);
    return foreign === undefined ? file(request, response) : reject(response, 403, foreign);
  };
};

/** The same path is in client.js and in the console. */
const sendPath = '/send';
