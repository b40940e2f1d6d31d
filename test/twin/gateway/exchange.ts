import { once } from 'node:events';
import { connect } from 'node:net';

/** A request as it goes over the wire. `<x*100>` anywhere in it stands for a hundred times x. */
export interface RawRequest {
  /** Method and target, `GET /v1/things?q=1`. */
  readonly line: string;
  /** In this order and these names. `Host`, `Connection: close` and the length of a body are added if they are missing. */
  readonly headers?: readonly (readonly [name: string, value: string])[];
  readonly body?: string;
  readonly bodyBase64?: string;
}

export interface RawResponse {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
}

/** Sends a request just as it is written, which no HTTP client would, and reads the response to the end of the connection. */
export const exchange = async (port: number, request: RawRequest): Promise<RawResponse> => {
  const body = Buffer.from(
    request.bodyBase64 ?? fill(request.body ?? ''),
    request.bodyBase64 === undefined ? 'utf8' : 'base64',
  );
  const headers = (request.headers ?? []).map(([name, value]) => [name, fill(value)] as const);
  const has = (wanted: string): boolean => headers.some(([name]) => name.toLowerCase() === wanted.toLowerCase());
  const added = [
    ['Host', 'localhost'],
    ['Connection', 'close'],
    ...(body.length > 0 && !has('Transfer-Encoding') ? [['Content-Length', String(body.length)]] : []),
  ].filter(([name = '']) => !has(name));
  const lines = [...headers, ...added].map(([name, value]) => `${name}: ${value}\r\n`);
  const socket = connect(port, '127.0.0.1');
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  await once(socket, 'connect');
  socket.write(Buffer.concat([Buffer.from(`${fill(request.line)} HTTP/1.1\r\n${lines.join('')}\r\n`, 'latin1'), body]));
  await once(socket, 'close');
  return parse(Buffer.concat(chunks));
};

const parse = (response: Buffer): RawResponse => {
  const end = response.indexOf('\r\n\r\n');
  const [statusLine = '', ...fields] = response.subarray(0, end).toString('latin1').split('\r\n');
  return {
    status: Number(statusLine.split(' ')[1]),
    headers: fields.map((field) => {
      const colon = field.indexOf(':');
      return [field.slice(0, colon), field.slice(colon + 1).trim()];
    }),
    body: response.subarray(end + 4),
  };
};

const fill = (text: string): string =>
  text.replace(/<(.)\*(\d+)>/g, (_, character: string, times: string) => character.repeat(Number(times)));
