// Makes Lambda handlers: problems, CORS headers and the log line.

import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import { loggedCaller } from './caller.ts';
import { correlationIdPattern, exposedHeaders, retryAfter } from './contract.ts';
import { queryParameters } from './entity.ts';
import { Problem, problemDetails } from './problem.ts';
import { checkQuery, type Request, readRequest } from './request.ts';
import { entityTag, renderItem, type StoredItem } from './stored-item.ts';

export interface Response {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON text; empty if it is absent. */
  readonly body?: string;
}

/** The most milliseconds for calls of DynamoDB: API Gateway waits for 29 seconds. */
const callLimit = 10_000;

/** The milliseconds that a function needs for its response when the calls are over. */
const responseTime = 1000;

let coldStart = true;

/**
 * Makes the Lambda handler of an operation. A Problem that `respond` throws
 * becomes the response. Any other error becomes a 500 that says nothing about it: the log does.
 */
export const createHandler =
  (operation: keyof typeof queryParameters, respond: (request: Request) => Promise<Response>) =>
  async (event: APIGatewayProxyEvent, context: Context): Promise<APIGatewayProxyResult> => {
    // The wall clock can be set while a request is served.
    const started = performance.now();
    const remaining = Math.min(callLimit, context.getRemainingTimeInMillis() - responseTime);
    const request = readRequest(event, started + remaining);
    let error: unknown;
    let response: Response;
    try {
      checkQuery(request, queryParameters[operation]);
      response = await respond(request);
    } catch (thrown) {
      error = thrown;
      const internal = new Problem('internal-error', 'Quote the request id in a report.');
      response = problemResponse(thrown instanceof Problem ? thrown : internal, request.requestId);
    }
    const { status, headers, body = '' } = response;
    log(operation, request, status, performance.now() - started, error);
    return {
      statusCode: status,
      headers: { ...corsHeaders(request.headers.origin), ...headers },
      body,
    };
  };

/** A response with an item. */
export const itemResponse = (
  status: number,
  item: StoredItem,
  headers?: Record<string, string>,
): Response => ({
  status,
  headers: { 'Content-Type': 'application/json', ETag: entityTag(item), ...headers },
  body: renderItem(item),
});

export const notFound = (id: string): Problem =>
  new Problem('item-not-found', `There is no item with the id "${id}".`);

const problemResponse = (problem: Problem, requestId: string): Response => {
  const details = problemDetails(problem, requestId);
  return {
    status: details.status,
    headers: {
      'Content-Type': 'application/problem+json',
      ...(details.status === 503 && { 'Retry-After': String(retryAfter) }),
    },
    body: JSON.stringify(details),
  };
};

/** Writes one line, which Lambda's JSON format completes. It contains nothing of the body and no secret. */
const log = (
  operation: string,
  { event, requestId, headers }: Request,
  status: number,
  duration: number,
  error: unknown,
): void => {
  const correlationId = correlationIdPattern.exec(headers['x-correlation-id'] ?? '')?.[0];
  const line = {
    operation,
    caller: loggedCaller(event),
    status,
    durationMs: Math.round(duration),
    coldStart,
    apiRequestId: requestId,
    correlationId: correlationId ?? requestId,
  };
  coldStart = false;
  if (status >= 500) {
    console.error({ ...line, error, cause: error instanceof Error ? error.cause : undefined });
  } else {
    console.info(error instanceof Problem ? { ...line, problem: error.slug } : line);
  }
};

// With a list of origins the response depends on the origin, so caches must keep one for each, even where
// none is allowed.
const corsHeaders = (origin: string | undefined): Record<string, string> => {
  const allowed = (process.env.ALLOWED_ORIGINS || '*').split(',');
  const any = allowed.includes('*');
  return {
    ...(any ? { 'Access-Control-Allow-Origin': '*' } : { Vary: 'Origin' }),
    ...(!any && origin && allowed.includes(origin) && { 'Access-Control-Allow-Origin': origin }),
    'Access-Control-Expose-Headers': exposedHeaders.join(),
    'Cache-Control': 'no-cache',
    'X-Content-Type-Options': 'nosniff',
  };
};
