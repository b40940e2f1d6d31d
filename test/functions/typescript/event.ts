import type { APIGatewayProxyEvent, Context } from 'aws-lambda';

/** What a test says of a request. */
export interface RequestPart {
  readonly id?: string;
  readonly headers?: Record<string, string>;
  /** Query parameters, all values of each. */
  readonly query?: Readonly<Record<string, readonly string[]>>;
  readonly body?: string;
  readonly requestId?: string;
  /** As the client wrote it, stage included; that of the id, or of the collection, unless it is given. */
  readonly path?: string;
  readonly identity?: Record<string, string | null>;
  readonly authorizer?: Record<string, unknown>;
}

/** A proxy event with the members that the functions read. A body is JSON unless a header says otherwise. */
export const proxyEvent = (part: RequestPart): APIGatewayProxyEvent => {
  const { id, headers, query, body, requestId = 'r-1', path, identity, authorizer } = part;
  const sent = body === undefined ? headers : { 'content-type': 'application/json', ...headers };
  return {
    headers: sent ?? null,
    multiValueHeaders: sent ? Object.fromEntries(Object.entries(sent).map(([name, value]) => [name, [value]])) : null,
    queryStringParameters: query
      ? Object.fromEntries(Object.entries(query).map(([name, values]) => [name, values.at(-1)]))
      : null,
    multiValueQueryStringParameters: query ?? null,
    pathParameters: id === undefined ? null : { id },
    body: body ?? null,
    isBase64Encoded: false,
    requestContext: {
      requestId,
      path: path ?? (id === undefined ? '/v1/items' : `/v1/items/${id}`),
      identity: { userArn: null, apiKeyId: null, caller: null, cognitoIdentityId: null, sourceIp: '192.0.2.1', ...identity },
      ...(authorizer && { authorizer }),
    },
  } as unknown as APIGatewayProxyEvent;
};

/** A Lambda context with that much time left, in milliseconds. */
export const context = (remaining = 30_000): Context =>
  ({ getRemainingTimeInMillis: () => remaining }) as unknown as Context;
