/** One kind of problem that the API responds with, as RFC 9457 describes it to clients. */
export interface Problem {
  /** HTTP status code. Undefined for the two default gateway responses, where each response type keeps its own. */
  readonly status?: number;
  /** Short summary that does not change from one occurrence to another (RFC 9457, 3.1.3). */
  readonly title: string;
  /** Response type of API Gateway that is answered with this problem. Functions raise the problems that have none. */
  readonly gatewayResponse?: string;
  /** Advice to the client, where API Gateway's own message does not give it. */
  readonly detail?: string;
  /** A detail as clients get it, where it is not always the same. */
  readonly example?: string;
  /** Seconds after which a repetition makes sense, for the header Retry-After. */
  readonly retryAfter?: number;
}

/** Every problem that the API can respond with, by the slug that ends its `type`. */
export const problems = {
  'invalid-json': {
    status: 400,
    title: 'The body is not valid JSON',
    example: 'Send one JSON object as the body (RFC 8259).',
  },
  'invalid-item': {
    status: 400,
    title: 'The body is not a valid item',
    example:
      'price is a number that cannot be kept exactly: send at most 38 significant digits between 1E-130 and 9.99E+125, or a string.',
  },
  'invalid-parameter': {
    status: 400,
    title: 'A header or query parameter is not valid',
    example: 'limit must be a whole number from 1 to 100.',
  },
  'item-not-found': {
    status: 404,
    title: 'There is no such item',
    example: 'There is no item with the id "lamp".',
  },
  'path-not-found': {
    status: 404,
    title: 'There is no such path',
    example: 'Write the path as /items, without another slash.',
  },
  'id-taken': {
    status: 409,
    title: 'There is an item with this id already',
    example: 'There is an item with the id "lamp" already. Choose another id, or change that item with PUT.',
  },
  'precondition-failed': {
    status: 412,
    title: 'The item is not at the version that the request asks for',
    example:
      'The item has version 2 and the entity tag "Tq3xZt0mR2uX5cP8aVw1nA". Read it again and repeat the request with If-Match: "Tq3xZt0mR2uX5cP8aVw1nA".',
  },
  'item-too-large': {
    status: 413,
    title: 'The item is too large',
    example: 'Send an item of at most 400 KB, attribute names included, with at most 50,000 values.',
  },
  'unsupported-media-type': {
    status: 415,
    title: 'The body is not JSON',
    example: 'Send the body as application/json, not as text/plain.',
  },
  'idempotency-key-reused': {
    status: 422,
    title: 'The Idempotency-Key was used with another body',
    example: 'Send each new item with an Idempotency-Key of its own.',
  },
  'internal-error': {
    status: 500,
    title: 'Internal error',
    example: 'Quote the request id in a report.',
  },
  'store-unavailable': {
    status: 503,
    title: 'The store is not available',
    example: 'The write may or may not have been applied. Read the item before retrying.',
    retryAfter: 1,
  },

  'invalid-body': {
    status: 400,
    title: 'The body is not a JSON object',
    gatewayResponse: 'BAD_REQUEST_BODY',
    detail: 'Send one JSON object as the body (RFC 8259).',
  },
  'invalid-request-parameters': {
    status: 400,
    title: 'A required header or parameter is missing',
    gatewayResponse: 'BAD_REQUEST_PARAMETERS',
    example: 'Missing required request parameters: [limit]',
  },
  unauthorized: {
    status: 401,
    title: 'The request is not authenticated',
    gatewayResponse: 'UNAUTHORIZED',
    detail: 'Send a valid token of the user pool in the header Authorization.',
  },
  'access-denied': {
    status: 403,
    title: 'The caller is not allowed to do this',
    gatewayResponse: 'ACCESS_DENIED',
    example:
      'User: arn:aws:iam::123456789012:user/reader is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:us-east-1:********9012:a1b2c3d4e5/v1/DELETE/items/lamp',
  },
  'expired-token': {
    status: 403,
    title: 'The token has expired',
    gatewayResponse: 'EXPIRED_TOKEN',
    example: 'The security token included in the request is expired',
  },
  'invalid-api-key': {
    status: 403,
    title: 'The API key is missing or not valid',
    gatewayResponse: 'INVALID_API_KEY',
    detail: 'Send a valid API key in the header x-api-key.',
  },
  'invalid-signature': {
    status: 403,
    title: 'The signature is not valid',
    gatewayResponse: 'INVALID_SIGNATURE',
    example:
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
  },
  'missing-authentication-token': {
    status: 403,
    title: 'There is no such route, or the request is not signed',
    gatewayResponse: 'MISSING_AUTHENTICATION_TOKEN',
    detail: 'Check method and path. If the API requires it, sign the request with AWS Signature Version 4.',
  },
  'blocked-by-waf': {
    status: 403,
    title: 'AWS WAF blocked the request',
    gatewayResponse: 'WAF_FILTERED',
    detail: 'Quote the request id to the operator of the API.',
  },
  'resource-not-found': {
    status: 404,
    title: 'There is no such resource',
    gatewayResponse: 'RESOURCE_NOT_FOUND',
    example: 'Not Found',
  },
  'request-too-large': {
    status: 413,
    title: 'The request is larger than the gateway takes',
    gatewayResponse: 'REQUEST_TOO_LARGE',
    detail: 'Send an item of at most 400 KB, names included.',
  },
  'unsupported-content-type': {
    status: 415,
    title: 'The gateway cannot read the body',
    gatewayResponse: 'UNSUPPORTED_MEDIA_TYPE',
    detail: 'Send the body as application/json, and with a Content-Encoding of gzip, deflate or none.',
  },
  'too-many-requests': {
    status: 429,
    title: 'Too many requests',
    gatewayResponse: 'THROTTLED',
    detail: 'Retry with exponential backoff and jitter.',
    retryAfter: 1,
  },
  'quota-exceeded': {
    status: 429,
    title: 'The quota is used up',
    gatewayResponse: 'QUOTA_EXCEEDED',
    detail: "Wait for the next period of the API key's usage plan.",
  },
  'api-configuration-error': {
    status: 500,
    title: 'The API is not configured correctly',
    gatewayResponse: 'API_CONFIGURATION_ERROR',
    example: 'Internal server error',
  },
  'authorizer-configuration-error': {
    status: 500,
    title: 'The authorizer is not configured correctly',
    gatewayResponse: 'AUTHORIZER_CONFIGURATION_ERROR',
    example: 'Internal server error',
  },
  'authorizer-failure': {
    status: 500,
    title: 'The authorizer failed',
    gatewayResponse: 'AUTHORIZER_FAILURE',
    example: 'Internal server error',
  },
  'integration-failure': {
    status: 504,
    title: 'The function could not be invoked',
    gatewayResponse: 'INTEGRATION_FAILURE',
    example: 'Internal server error',
  },
  timeout: {
    status: 504,
    title: 'The request took too long',
    gatewayResponse: 'INTEGRATION_TIMEOUT',
    example: 'Endpoint request timed out',
  },
  'client-error': { title: 'The gateway rejected the request', gatewayResponse: 'DEFAULT_4XX', example: 'Bad Request' },
  'server-error': { title: 'The gateway failed', gatewayResponse: 'DEFAULT_5XX', example: 'Internal server error' },
} as const satisfies Record<string, Problem>;

/** The slug of a problem, the last part of its `type`. */
export type ProblemSlug = keyof typeof problems;

/** The `type` member of a problem: an absolute URI, as RFC 9457 recommends, that is a name and not an address. */
export const problemType = (slug: ProblemSlug): string => problemPrefix + slug;

/** The start of every problem's `type`. */
export const problemPrefix = 'urn:items-api:problem:';
