import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { wrongHeader } from './differences.ts';
import { apiId } from './stack.ts';

/** A loopback address for an API: ministack has its stages under a path as well as under the names that they have on AWS. */
export interface Front {
  /** Base URL of the stage; requests may be signed for it. */
  readonly url: string;
  /** How many answers had an id in their header that was not the request's, and got the request's. */
  corrected(): number;
  stop(): Promise<void>;
}

/**
 * Requests that go through at once; others wait. Lambda runs each of 50 in an environment of its own. ministack starts a process for
 * each on this machine, and 50 can take longer to start than API Gateway waits.
 */
const atOnce = 5;

/** Opens a front for the API with this invoke URL. Requests and answers go through as they are, but for the wrong header. */
export const openFront = async (endpoint: string, invokeUrl: string): Promise<Front> => {
  let corrected = 0;
  let free = atOnce;
  const waiting: (() => void)[] = [];
  const enter = async (): Promise<void> => {
    if (free > 0) free--;
    else await new Promise<void>((resolve) => waiting.push(resolve));
  };
  const leave = (): void => {
    const next = waiting.shift();
    if (next) next();
    else free++;
  };

  const answer = async (from: IncomingMessage, to: ServerResponse): Promise<void> => {
    const body = await text(from);
    const headers = { ...from.headers };
    const requestId = /^\{"type":"urn:.*"requestId":"([^"]+)"/s.exec(body)?.[1];
    if (requestId !== undefined && requestId !== headers[wrongHeader.name]) {
      headers[wrongHeader.name] = requestId;
      corrected++;
    }
    to.writeHead(from.statusCode ?? 500, headers).end(body);
  };

  const forward = async (from: IncomingMessage, to: ServerResponse): Promise<void> => {
    const { method, url, headers } = from;
    if (from.destroyed) return;
    const onwards = request(endpoint, { method, path: url, headers });
    from.once('close', () => from.complete || onwards.destroy());
    from.pipe(onwards);
    const [response]: IncomingMessage[] = await once(onwards, 'response');
    if (response) await answer(response, to);
  };

  const server = createServer((from, to) => {
    enter().then(() =>
      forward(from, to)
        .catch((error) => to.destroy(error))
        .finally(leave),
    );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}/_aws/execute-api/${apiId(invokeUrl)}${new URL(invokeUrl).pathname}`,
    corrected: () => corrected,
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
};
