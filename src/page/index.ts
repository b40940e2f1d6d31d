import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { installedBundle } from './bundle.ts';
import { createRecorder } from './console/recorder.ts';
import type { Handler, PageContext, PageStack } from './context.ts';
import { isContractServed } from './is-contract-served.ts';

// As in src/twin/gateway/server.ts: a named import from node:http would load all its exports.
const { createServer } = process.getBuiltinModule('node:http');

/** The pages of a stack: one that documents its API and sends requests, and the console. */
export interface Page {
  /** `http://127.0.0.1:PORT/`. */
  readonly url: string;
  /**
   * URL of the page that documents the API. Undefined if no stage has every operation of the contract, or if Scalar is not
   * installed.
   */
  readonly docs?: string;
  /** URL of the page that shows requests, tables and the stack. */
  readonly console: string;
  /** Stops the server and closes its connections, without waiting for requests in progress. */
  stop(): Promise<void>;
}

export interface PageOptions {
  /** Preferred port. If it is taken, or 0, a free port is used. */
  readonly port: number;
  /** Called with every unexpected error. The browser receives a 500. */
  readonly onError: (error: unknown) => void;
}

/**
 * Serves the pages of a stack on 127.0.0.1, and records the events of the stack for the console. The modules that handle requests
 * are imported on the first request.
 */
export const startPage = async (stack: PageStack, { port, onError }: PageOptions): Promise<Page> => {
  const invokeUrl = stack.stages.find(({ methods }) => isContractServed(methods))?.url;
  const bundle = invokeUrl === undefined ? undefined : installedBundle();

  let handling: Promise<Handler> | undefined;
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      handling ??= load({ stack, invokeUrl, bundle, recorder, port: portOf(server) });
      await (await handling)(request, response);
    } catch (error) {
      // The browser has closed the connection.
      if (request.socket.destroyed) return;
      onError(error);
      if (response.headersSent) response.destroy();
      else
        response
          .writeHead(500, { 'Content-Type': 'text/plain' })
          .end('The server of this page has failed: see the terminal.');
    }
  };
  const server = createServer((request, response) => void serve(request, response));
  await listen(server, port);
  const recorder = createRecorder();
  const stopObserving = stack.observe(recorder.observe);
  const url = `http://127.0.0.1:${portOf(server)}/`;
  return {
    url,
    ...(bundle !== undefined && { docs: url }),
    console: `${url}console/`,
    stop: () =>
      new Promise((resolve) => {
        stopObserving();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

const load = async (context: PageContext): Promise<Handler> => (await import('./handler.ts')).createHandler(context);

const listen = async (server: Server, port: number): Promise<void> => {
  const on = (asked: number): Promise<void> =>
    new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(asked, '127.0.0.1', () => {
        server.off('error', reject);
        resolve();
      });
    });
  if (port === 0) return on(0);
  await on(port).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EADDRINUSE' || error.code === 'EACCES') return on(0);
    throw error;
  });
};

const portOf = (server: Server): number => (server.address() as AddressInfo).port;
