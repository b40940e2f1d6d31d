/** A request of a function. */
export interface Message {
  readonly method: string;
  /** Headers by lower-case name. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
}

/** A response of DynamoDB. */
export interface DynamoDbResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/**
 * Returns the first request (RFC 9112) in the bytes of a connection, and the rest; undefined until the request is complete. The
 * functions send a Content-Length and never chunks.
 */
export const takeMessage = (bytes: Buffer): { readonly message: Message; readonly rest: Buffer } | undefined => {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const [requestLine = '', ...lines] = bytes.toString('latin1', 0, end).split('\r\n');
  const headers = new Map(
    lines.map((line): [string, string] => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
  const begin = end + 4;
  const length = Number(headers.get('content-length') ?? 0);
  if (bytes.length < begin + length) return undefined;
  const [method = ''] = requestLine.split(' ');
  const body = bytes.subarray(begin, begin + length);
  return { message: { method, headers, body }, rest: bytes.subarray(begin + length) };
};

/** Returns status line and headers, with the empty line that ends them. */
export const headOf = ({ status, headers }: Pick<DynamoDbResponse, 'status' | 'headers'>, version = '1.1'): Buffer =>
  Buffer.from(
    [
      `HTTP/${version} ${status} ${reasons[status] ?? 'Unknown'}`,
      ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
      '\r\n',
    ].join('\r\n'),
    'latin1',
  );

/** Returns all bytes of a response. Adds a Content-Length unless the headers have one. */
export const encode = ({ status, headers, body }: DynamoDbResponse): Buffer =>
  Buffer.concat([headOf({ status, headers: { 'Content-Length': String(body.length), ...headers } }), body]);

const reasons: Readonly<Record<number, string>> = {
  200: 'OK',
  204: 'No Content',
  301: 'Moved Permanently',
  307: 'Temporary Redirect',
  400: 'Bad Request',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};
