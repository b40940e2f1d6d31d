import type { Invocation } from '../lambda/lambda.ts';
import type { Context } from './context.ts';
import { type Headers, type HttpRequest, headerValue, isBinary, mediaType, parseQuery, pathInStage } from './http.ts';

/** Data from which the proxy event of a request is made. */
export interface EventSource {
  readonly request: HttpRequest;
  readonly context: Context;
  /** Resource path, such as `/items/{id}`. */
  readonly resource: string;
  readonly pathParameters: Readonly<Record<string, string>>;
  readonly stageVariables: Readonly<Record<string, string>>;
  readonly binaryMediaTypes: readonly string[];
  /** Headers that API Gateway adds or overwrites, such as `X-Forwarded-For`. */
  readonly forwarded: Headers;
  /** Called with the name of the function that is invoked. */
  readonly onFunction?: ((functionName: string) => void) | undefined;
  /** Called with details of the invocation. */
  readonly onInvocation?: ((invocation: Invocation) => void) | undefined;
}

/** Returns the Lambda proxy event (payload format 1.0 of REST APIs) of a request, as JSON. */
export const proxyEvent = (source: EventSource): string => {
  const { request, context } = source;
  const headers = integrationHeaders(request.headers, source.forwarded);
  const query = parseQuery(request.query);
  const contentType = mediaType(headerValue(request.headers, 'Content-Type') ?? '');
  const isBase64Encoded = isBinary(contentType, source.binaryMediaTypes);
  // Text is UTF-8 ("Content type conversions in API Gateway"). Invalid bytes become U+FFFD: recorded for objects in S3
  // (tests/aws/services/apigateway/test_apigateway_s3.snapshot.json in localstack/localstack).
  const body = request.body ?? Buffer.alloc(0);
  return JSON.stringify({
    resource: source.resource,
    path: pathInStage(request.path, context.stage),
    httpMethod: request.method,
    headers: lastValues(headers),
    multiValueHeaders: allValues(headers),
    queryStringParameters: lastValues(query),
    multiValueQueryStringParameters: allValues(query),
    pathParameters: orNull(source.pathParameters),
    stageVariables: orNull(source.stageVariables),
    requestContext: requestContext(context),
    body: body.length === 0 ? null : body.toString(isBase64Encoded ? 'base64' : 'utf8'),
    isBase64Encoded: isBase64Encoded && body.length > 0,
  });
};

const requestContext = (context: Context) => ({
  resourceId: context.resourceId,
  ...(context.authorizer !== undefined && { authorizer: context.authorizer }),
  resourcePath: context.resourcePath,
  ...(context.operationName !== undefined && { operationName: context.operationName }),
  httpMethod: context.httpMethod,
  extendedRequestId: context.extendedRequestId,
  requestTime: context.requestTime,
  path: context.path,
  accountId: context.accountId,
  protocol: context.protocol,
  stage: context.stage,
  domainPrefix: context.domainPrefix,
  requestTimeEpoch: context.requestTimeEpoch,
  requestId: context.requestId,
  identity: context.identity,
  domainName: context.domainName,
  deploymentId: context.deploymentId,
  apiId: context.apiId,
});

/** Returns the client's headers without those that the gateway drops, then the headers of the gateway. */
const integrationHeaders = (headers: Headers, forwarded: Headers): Headers => {
  const overwritten = new Set(forwarded.map(([name]) => name.toLowerCase()));
  return [
    ...headers
      .filter(([name]) => !droppedHeaders.has(name.toLowerCase()) && !overwritten.has(name.toLowerCase()))
      .map(([name, value]) => [ownNames.get(name.toLowerCase()) ?? name, value] as const),
    ...forwarded,
  ];
};

/** Names whose case API Gateway changes, as recorded. All others keep the case that the client sent. */
const ownNames: ReadonlyMap<string, string> = new Map([
  ['authorization', 'Authorization'],
  ['host', 'Host'],
  ['user-agent', 'User-Agent'],
]);

/** Headers that are not sent to a Lambda function, according to API Gateway's important notes for REST APIs. */
const droppedHeaders = new Set([
  'connection',
  'content-length',
  'content-md5',
  'expect',
  'keep-alive',
  'max-forwards',
  'proxy-authenticate',
  'server',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'www-authenticate',
]);

/** Returns a map with the last value of each name; null if there are none. */
const lastValues = (pairs: Headers): Record<string, string> | null => orNull(Object.fromEntries(pairs));

/** Returns a map with all values of each name; null if there are none. */
const allValues = (pairs: Headers): Record<string, string[]> | null => {
  const values = new Map<string, string[]>();
  for (const [name, value] of pairs) {
    const known = values.get(name);
    if (known === undefined) {
      values.set(name, [value]);
    } else {
      known.push(value);
    }
  }
  return orNull(Object.fromEntries(values));
};

const orNull = <T>(map: Readonly<Record<string, T>>): Record<string, T> | null =>
  Object.keys(map).length === 0 ? null : map;
