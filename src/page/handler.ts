import { randomBytes } from 'node:crypto';
import { splitTarget } from '../local/raw-request.ts';
import { type Asked, whyNotHere, whyNotLoaded, whyNotSend } from './access.ts';
import type { Handler, PageContext } from './context.ts';
import { files } from './files.ts';
import { reject } from './reject.ts';
import { createSender } from './send.ts';

/** Handles the requests to the page's server. Only the page that comes from this handler can have something sent. */
export const createHandler = async (context: PageContext): Promise<Handler> => {
  const token = randomBytes(32).toString('base64url');
  const served = await files(context, token);
  const send = createSender(context);

  return async (request, response) => {
    const asked: Asked = { headers: request.headersDistinct, port: context.port, token };
    const { path } = splitTarget(request.url ?? '/');
    const elsewhere = whyNotHere(asked);
    if (elsewhere !== undefined) return reject(response, 403, elsewhere);
    if (path === sendPath) {
      if (request.method !== 'POST') return reject(response, 405, 'Requests are sent with POST.', { Allow: 'POST' });
      const forbidden = whyNotSend(asked);
      return forbidden === undefined ? send(request, response) : reject(response, 403, forbidden);
    }
    const file = served.get(path);
    if (file === undefined) return reject(response, 404, 'There is nothing here: the page is at /.');
    if (request.method !== 'GET') return reject(response, 405, 'The page is read with GET.', { Allow: 'GET' });
    const foreign = path === '/' ? undefined : whyNotLoaded(asked);
    return foreign === undefined ? file(request, response) : reject(response, 403, foreign);
  };
};

/** Stands in client.js, too. */
const sendPath = '/send';
