/** One way in which the API can refuse a request, as RFC 9457 describes it to clients. */
export interface Problem {
  /** HTTP status code. */
  readonly status: number;
  /** Short summary that does not change from one occurrence to another (RFC 9457, 3.1.3). */
  readonly title: string;
  /**
   * API Gateway response types that are answered with this problem. The handlers raise the problems without any.
   * `DEFAULT_4XX` and `DEFAULT_5XX` stand for every type that has no gateway response of its own, and give it their status.
   */
  readonly gatewayResponses?: readonly string[];
}

/** Every problem that the API can answer with, by the slug that ends its `type`. */
export const problems = {
  'invalid-json': { status: 400, title: 'The body is not valid JSON' },
  'invalid-item': { status: 400, title: 'The body is not a valid item' },
  'invalid-body': { status: 400, title: 'The body does not match its model', gatewayResponses: ['BAD_REQUEST_BODY'] },
  'invalid-parameter': { status: 400, title: 'A header or query parameter is not valid' },
  unauthorized: { status: 401, title: 'The request is not authenticated', gatewayResponses: ['UNAUTHORIZED'] },
  forbidden: { status: 403, title: 'The request is not allowed', gatewayResponses: ['DEFAULT_4XX'] },
  'item-not-found': { status: 404, title: 'There is no such item' },
  'path-not-found': { status: 404, title: 'There is no such path' },
  'id-taken': { status: 409, title: 'There is an item with this id already' },
  'precondition-failed': { status: 412, title: 'The item is not at the version that the request asks for' },
  'item-too-large': { status: 413, title: 'The item is too large' },
  'request-too-large': {
    status: 413,
    title: 'The request is larger than the gateway takes',
    gatewayResponses: ['REQUEST_TOO_LARGE'],
  },
  'unsupported-media-type': { status: 415, title: 'The body is not JSON' },
  'idempotency-key-reused': { status: 422, title: 'The Idempotency-Key was used with another body' },
  'too-many-requests': { status: 429, title: 'Too many requests', gatewayResponses: ['THROTTLED'] },
  'quota-exceeded': { status: 429, title: 'The quota is used up', gatewayResponses: ['QUOTA_EXCEEDED'] },
  'internal-error': { status: 500, title: 'Internal error', gatewayResponses: ['DEFAULT_5XX'] },
  'store-unavailable': { status: 503, title: 'The store is not available' },
  timeout: { status: 504, title: 'The request took too long', gatewayResponses: ['INTEGRATION_TIMEOUT'] },
} as const satisfies Record<string, Problem>;

/** The slug of a problem, the last part of its `type`. */
export type ProblemSlug = keyof typeof problems;

/** The `type` member of a problem: an absolute URI, as RFC 9457 recommends, that is a name and not an address. */
export const problemType = (slug: ProblemSlug): string => `urn:items-api:problem:${slug}`;
