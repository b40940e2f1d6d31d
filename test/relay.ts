import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request on its way to an API. */
export interface Relayed {
  readonly method: string;
  /** Path and query, without what stands for the API's URL. */
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: Uint8Array<ArrayBuffer>;
}

/** What came back; null is an answer that gets lost. */
export type Relay = (request: Relayed, forward: (request: Relayed) => Promise<Response>) => Promise<Response | null>;

/** Serves an API once more, under a path of its own, with something done to what passes. */
export const relay = async (target: string, pass: Relay = (request, forward) => forward(request)) => {
  const prefix = '/some/where/else';
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const { host: _host, connection: _connection, 'content-length': _length, ...headers } = incoming.headers;
    const request: Relayed = {
      method: incoming.method ?? '',
      path: (incoming.url ?? '').replace(prefix, ''),
      headers: headers as Record<string, string>,
      body: new Uint8Array(Buffer.concat(chunks)),
    };
    const answer = await pass(request, async ({ method, path, headers, body }) =>
      fetch(target + path, { method, headers, body: ['GET', 'HEAD'].includes(method) ? null : body }),
    ).catch(() => null);
    if (answer === null) return void incoming.socket.destroy();
    const { 'content-encoding': _encoding, ...answered } = Object.fromEntries(answer.headers);
    outgoing.writeHead(answer.status, answered).end(Buffer.from(await answer.arrayBuffer()));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const stop = async (): Promise<void> => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${prefix}`, stop };
};
