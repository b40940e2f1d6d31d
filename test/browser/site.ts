import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A web server of empty pages: what they do is up to the test that opens them. */
export interface Site {
  readonly port: number;
  stop(): Promise<void>;
}

/** The path of a page whose origin is opaque, so that its browser sends `Origin: null`. */
export const sandboxedPath = '/sandboxed';

/** Serves on a free port of 127.0.0.1, which is two origins: that address, and localhost. */
export const startSite = async (): Promise<Site> => {
  const server = createServer((request, reply) => {
    reply.setHeader('Content-Type', 'text/html');
    if (request.url === sandboxedPath) reply.setHeader('Content-Security-Policy', 'sandbox allow-scripts');
    reply.end('<!doctype html><title>A page</title>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
