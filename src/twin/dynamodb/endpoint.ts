import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isObject, type JsonObject, parseJson } from '../../cloudformation/json.ts';
import type { CredentialStore } from '../iam/credentials.ts';
import { isFromPage, whyNotHere } from '../requests/hosts.ts';
import { headerPairs } from '../requests/raw-request.ts';
import { accessKeyIdOf, type ServiceCall, type ServiceCalls } from '../requests/service-calls.ts';
import { authenticateCall } from './authenticate.ts';
import { authorizeOperation, type NetworkPath, type Place, tableArnPrefix } from './authorize-operation.ts';
import { collectFacts, type FactCollector } from './call-facts.ts';
import { runControlPlane, type Table } from './control-plane.ts';
import { type ErrorResponse, errorBody } from './error-response.ts';
import type { Reply } from './exchange.ts';
import { internalServerError, jsonType, readBody, send } from './http.ts';
import { type NamedInput, withTableArns, withTableNames } from './table-names.ts';
import type { Upstream } from './upstream.ts';

// A named import from node:http would load all its exports, fetch included: 50 ms of each start.
const { createServer } = process.getBuiltinModule('node:http');

/** An endpoint that functions call. It authenticates and authorizes each request, and forwards it to the database. */
export interface Endpoint {
  readonly url: string;
  close(): Promise<void>;
}

/** Services that every endpoint uses to decide on requests. */
export interface EndpointServices {
  readonly place: Place;
  readonly credentials: CredentialStore;
  readonly tables: ReadonlyMap<string, Table>;
  readonly upstream: Upstream;
  readonly calls: ServiceCalls;
  /** True if the records of calls must include conditions and the statements that allow the calls. */
  readonly isObserved?: () => boolean;
}

/** Network paths by which packets reach an endpoint, or the reason why there is none. */
export type Arrival = { readonly paths: readonly NetworkPath[] } | { readonly unreachable: string };

/**
 * Listens for requests from one place in the network. `arrival` returns the network paths from there. It is called for each
 * request, because the routes change while a stack is created. If there is no path, a connection is closed after `connectTimeout`
 * milliseconds, about as long as Linux tries to connect, so that connections of callers that have ended do not remain.
 */
export const startEndpoint = async (
  services: EndpointServices,
  arrival: () => Arrival,
  connectTimeout = 127_000,
): Promise<Endpoint> => {
  const server = createServer((request, response) => {
    if (whyNotHere(headerPairs(request.rawHeaders)) !== undefined || isFromPage(request)) {
      response.writeHead(403, { Connection: 'close' }).end();
      return;
    }
    const arrived = arrival();
    // A request whose packets do not arrive gets no response: the caller waits until its own timeout.
    if ('unreachable' in arrived) {
      request.resume();
      request.socket.setTimeout(connectTimeout, () => request.socket.destroy());
      record(request, services.calls, { action: operationOf(request), error: 'no connection', cause: arrived.unreachable });
    } else if (request.method === 'GET' && request.url === '/')
      send(response, 200, 'text/plain', `healthy: dynamodb.${services.place.region}.amazonaws.com `);
    else if (request.method === 'POST') void handle(request, response, { ...services, paths: arrived.paths });
    else send(response, 404, 'text/plain', '<UnknownOperationException/>\n');
  });
  // A connection that a function opened in INIT may stay idle as long as its environment.
  server.keepAliveTimeout = 0;
  server.requestTimeout = 0;
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

interface Surroundings extends EndpointServices {
  readonly paths: readonly NetworkPath[];
}

type Failed = Pick<ServiceCall, 'error' | 'cause'>;

const handle = async (request: IncomingMessage, response: ServerResponse, services: Surroundings): Promise<void> => {
  const begun = performance.now();
  const collector = services.isObserved?.() ? collectFacts(services.paths) : undefined;
  const done = (failed: Failed = {}): void =>
    record(request, services.calls, {
      action: operationOf(request),
      time: { begun, ended: performance.now() },
      ...failed,
      ...(collector && { facts: collector.facts() }),
    });
  try {
    const body = await readBody(request);
    if (body === undefined) {
      done({ error: 'a request of more than 16 MB' });
      response.writeHead(413, { Connection: 'close' }).end();
      return;
    }
    const decision = await prepareCall(request, body, services, collector);
    if ('type' in decision) {
      const { type: error, message, cause = message } = decision;
      done({ error, ...(cause !== undefined && { cause }) });
      send(response, 400, jsonType, errorBody(decision));
    } else if ('output' in decision) {
      done();
      send(response, 200, jsonType, JSON.stringify(decision.output));
    } else await passOn(request, response, decision, { upstream: services.upstream, done, collector });
  } catch {
    done({ error: 'InternalServerError' });
    // The database has ended or has not started: a retryable error for clients, as on AWS. onFault reports the reason.
    if (response.headersSent || response.destroyed) response.destroy();
    else send(response, 500, jsonType, internalServerError);
  }
};

/** Returns an error, the output of an operation that the endpoint runs itself, or the request for the database. */
const prepareCall = async (
  request: IncomingMessage,
  body: Buffer,
  { place, credentials, tables, upstream, paths }: Surroundings,
  collector: FactCollector | undefined,
): Promise<ErrorResponse | { readonly output: JsonObject } | PassedOn> => {
  const identity = authenticateCall(request, body, { credentials, region: place.region });
  if ('type' in identity) return identity;
  const operation = operationOf(request);
  const input = parse(body);
  // The database may accept other services and versions. A request that IAM cannot evaluate must not reach it.
  if (operation === undefined) return { type: 'UnknownOperationException' };
  if (input === undefined) return { type: 'SerializationException' };
  collector?.onInput(input);
  const denial = authorizeOperation(identity, operation, input, {
    place,
    paths,
    ...(collector && { onAllowed: collector.onAllowed }),
  });
  if (denial !== undefined) return denial;
  const named = withTableNames(operation, input, tableArnPrefix(place));
  if ('type' in named) return named;
  const own = await runControlPlane(operation, named.input, tables, upstream);
  if (own !== undefined) return own;
  return { arns: named.arns, body: named.arns.size === 0 ? body : Buffer.from(JSON.stringify(named.input)) };
};

const operationOf = (request: IncomingMessage): string | undefined =>
  /^DynamoDB_20120810\.(\w+)$/.exec(String(request.headers['x-amz-target']))?.[1];

const record = (request: IncomingMessage, calls: ServiceCalls, call: ServiceCall): void =>
  calls.get(accessKeyIdOf(request.headers.authorization) ?? '')?.(call);

/** Request body for the database, and the ARNs that the caller gave in place of names. */
interface PassedOn {
  readonly body: Buffer;
  readonly arns: NamedInput['arns'];
}

const parse = (body: Buffer): JsonObject | undefined => {
  try {
    const input: unknown = parseJson(body.toString());
    return isObject(input) ? input : undefined;
  } catch {
    return undefined;
  }
};

const passOn = async (
  request: IncomingMessage,
  response: ServerResponse,
  { body, arns }: PassedOn,
  {
    upstream,
    done,
    collector,
  }: {
    readonly upstream: Upstream;
    readonly done: (failed?: Failed) => void;
    readonly collector: FactCollector | undefined;
  },
): Promise<void> => {
  const target = String(request.headers['x-amz-target'] ?? '');
  // If the caller has disconnected, such as a function that timed out, the database need not finish the request.
  const gone = new AbortController();
  response.once('close', () => {
    if (!response.writableEnded) gone.abort();
  });
  const contentType = request.headers['content-type'] ?? '';
  const reply = await upstream.post({ target, contentType, body, signal: gone.signal });
  // Recorded before the end of the response is sent, and so before the caller can send its own response.
  if (reply.status !== 200) {
    const exception = parse(reply.body) ?? {};
    collector?.onFailure(exception);
    done(failureOf(exception));
  } else done();
  if (reply.status === 200 && arns.size > 0) {
    const named = withTableArns(parseJson(reply.body.toString()) as JsonObject, arns);
    send(response, 200, jsonType, JSON.stringify(named));
  } else response.writeHead(reply.status, passedOn(reply)).end(reply.body);
};

/** Returns the exception of an error response. The message of a failed condition adds nothing, and is omitted. */
const failureOf = ({ __type: type, message, Message: capital = message }: JsonObject): Failed => {
  const error = String(type ?? 'an error').replace(/^.*#/, '');
  return { error, ...(typeof capital === 'string' && !error.startsWith('Conditional') && { cause: capital }) };
};

const passedOn = ({ headers, body }: Reply): Record<string, string | number> => {
  const passed: Record<string, string | number> = { 'Content-Length': body.length };
  for (const name of ['x-amzn-RequestId', 'x-amz-crc32', 'Content-Type']) {
    const value = headers[name.toLowerCase()];
    if (typeof value === 'string') passed[name] = value;
  }
  return passed;
};
