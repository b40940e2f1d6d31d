import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isFromPage, whyNotHere } from '../requests/hosts.ts';
import { headerPairs } from '../requests/raw-request.ts';
import { accessKeyIdOf, type ServiceCalls } from '../requests/service-calls.ts';

// As in DynamoDB's endpoint: importing node:http by name would load all its exports.
const { createServer } = process.getBuiltinModule('node:http');

/** Endpoint for every AWS service that the twin does not have: the `AWS_ENDPOINT_URL` of functions. */
export interface NotSimulatedEndpoint {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Starts an endpoint that rejects each request with an error that names service and operation. Without it, an SDK would send the
 * call to AWS, with credentials that are invalid there, and wait for a network that may not exist.
 */
export const startNotSimulatedEndpoint = async (calls: ServiceCalls): Promise<NotSimulatedEndpoint> => {
  const server = createServer((request, response) => void handle(request, response, calls));
  server.keepAliveTimeout = 0;
  server.unref();
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

const handle = async (request: IncomingMessage, response: ServerResponse, calls: ServiceCalls): Promise<void> => {
  // The endpoint is for functions only, not for web pages.
  if (whyNotHere(headerPairs(request.rawHeaders)) !== undefined || isFromPage(request)) {
    response.writeHead(403, { Connection: 'close' }).end();
    return;
  }
  const body = await read(request);
  const service = serviceOf(request.headers.authorization);
  const action = operationOf(request, body);
  const error = 'not simulated by the local twin';
  calls.get(accessKeyIdOf(request.headers.authorization) ?? '')?.({ service, action, error, cause: remedy });
  const reply = replyTo(request, body, `${service} ${action} is ${error}: ${remedy}`);
  // SDKs do not retry a 4xx other than 429.
  response
    .writeHead(400, {
      'Content-Type': reply.contentType,
      'Content-Length': reply.body.length,
      'x-amzn-RequestId': randomUUID(),
      ...reply.headers,
    })
    .end(request.method === 'HEAD' ? undefined : reply.body);
};

const remedy = 'only DynamoDB is simulated';

/** Returns the service in the credential scope of a signature, such as `s3`. */
const serviceOf = (authorization = ''): string =>
  /\bCredential=[^/,\s]+\/\d{8}\/[^/,\s]+\/([\w.-]+)\//.exec(authorization)?.[1] ?? 'a service of AWS';

/** Returns the name of the operation, as AWS's protocols transmit it; without one, method and path. */
const operationOf = ({ headers, method, url = '/' }: IncomingMessage, body: string): string => {
  const target = /\.(\w+)$/.exec(String(headers['x-amz-target'] ?? ''))?.[1];
  const named = target ?? /[?&]x-id=(\w+)/.exec(url)?.[1] ?? /\/operation\/(\w+)$/.exec(url)?.[1];
  return named ?? /(?:^|[?&])Action=(\w+)/.exec(`${url}&${body.slice(0, 10_000)}`)?.[1] ?? `${method} ${url.split('?')[0]}`;
};

interface Reply {
  readonly contentType: string;
  readonly body: Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Returns the error in the protocol of the request, so that each SDK shows its message. */
const replyTo = ({ headers }: IncomingMessage, body: string, message: string): Reply => {
  if (headers['smithy-protocol'] === 'rpc-v2-cbor') {
    const text = cborMap({ __type: code, message });
    return { contentType: 'application/cbor', body: text, headers: { 'smithy-protocol': 'rpc-v2-cbor' } };
  }
  const isQuery = /(?:^|&)Action=/.test(body.slice(0, 10_000));
  if (isQuery || serviceOf(headers.authorization).startsWith('s3')) {
    const error = `<Error><Type>Sender</Type><Code>${code}</Code><Message>${escaped(message)}</Message></Error>`;
    const wrapped = serviceOf(headers.authorization) === 'ec2' ? `<Errors>${error}</Errors>` : error;
    const root = wrapped === error ? 'ErrorResponse' : 'Response';
    return { contentType: 'text/xml', body: Buffer.from(isQuery ? `<${root}>${wrapped}</${root}>` : error) };
  }
  const json = Buffer.from(JSON.stringify({ __type: code, code, message }));
  return { contentType: 'application/x-amz-json-1.1', body: json, headers: { 'x-amzn-errortype': code } };
};

const code = 'NotSimulated';

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Encodes a map of strings in CBOR (RFC 8949), each at most 65,535 bytes long. */
const cborMap = (members: Readonly<Record<string, string>>): Buffer =>
  Buffer.concat([Buffer.of(0xa0 + Object.keys(members).length), ...Object.entries(members).flat().map(cborText)]);

const cborText = (text: string): Buffer => {
  const bytes = Buffer.from(text).subarray(0, 0xffff);
  return Buffer.concat([Buffer.of(0x79, bytes.length >> 8, bytes.length & 0xff), bytes]);
};

/** Reads the beginning of the body, which contains the name of an operation. */
const read = async (request: IncomingMessage): Promise<string> => {
  let text = '';
  try {
    for await (const chunk of request.setEncoding('latin1')) if (text.length < 100_000) text += chunk;
  } catch {
    // The caller has closed the connection.
  }
  return text;
};
