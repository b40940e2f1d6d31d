import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import http, { type IncomingMessage } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

/** Calls, capacity units and connections of the endpoint since the last count. */
export interface Count {
  readonly calls: number;
  readonly capacityUnits: number;
  /** Connections that clients opened. */
  readonly connections: number;
}

/** A DynamoDB endpoint with TLS, like that of AWS. */
export interface Relay {
  readonly url: string;
  /** Returns the counts since its last call, and starts a new count. From then on, calls request their consumed capacity. */
  count(): Count;
  stop(): Promise<void>;
}

/** Path of the certificate authority that clients trust. */
export const certificateAuthority = join(import.meta.dirname, 'tls/ca.pem');

/** Starts a relay in front of an endpoint without TLS. */
export const startRelay = async (target: URL): Promise<Relay> => {
  const agent = new http.Agent({ keepAlive: true });
  let counting = false;
  let calls = 0;
  let capacityUnits = 0;
  let connections = 0;
  const [cert, key] = ['cert.pem', 'key.pem'].map((name) => readFileSync(join(import.meta.dirname, 'tls', name)));
  const server = createServer({ cert, key }, async (incoming, outgoing) => {
    const { method, url: path, headers } = incoming;
    const asked = await contentOf(incoming).catch(() => undefined);
    // The client has closed the connection.
    if (asked === undefined) return;
    // A request that only tests a new connection is not a DynamoDB call.
    const counted = counting && headers['x-amz-target'] !== undefined;
    const sent = counted ? withCapacity(asked) : asked;
    const forwarded = http.request(
      {
        host: target.hostname,
        port: target.port,
        agent,
        method,
        path,
        headers: { ...headers, 'content-length': sent.length },
      },
      async (answer) => {
        const body = await contentOf(answer);
        if (counted) {
          calls++;
          capacityUnits += consumedCapacity(sent.toString(), body.toString());
        }
        outgoing.writeHead(answer.statusCode ?? 500, answer.headers).end(body);
      },
    );
    forwarded.on('error', () => incoming.socket.destroy()).end(sent);
  });
  server.on('secureConnection', () => connections++);
  // DynamoDB keeps a connection open for longer than any round takes.
  server.keepAliveTimeout = 0;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    count() {
      const count = { calls, capacityUnits, connections };
      counting = true;
      calls = capacityUnits = connections = 0;
      return count;
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      agent.destroy();
      await once(server, 'close');
    },
  };
};

/**
 * Returns the capacity units in a response of dynalite; 0 for an error. For a consistent Scan, dynalite reports half of what
 * DynamoDB would, because it does not support consistent Scans.
 */
export const consumedCapacity = (request: string, answer: string): number => {
  const { ConsistentRead: consistent, Key: key } = JSON.parse(request);
  const units: number = JSON.parse(answer).ConsumedCapacity?.CapacityUnits ?? 0;
  return consistent === true && key === undefined ? 2 * units : units;
};

const withCapacity = (body: Buffer): Buffer =>
  Buffer.from(JSON.stringify({ ...JSON.parse(body.toString()), ReturnConsumedCapacity: 'TOTAL' }));

const contentOf = async (message: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk);
  return Buffer.concat(chunks);
};
