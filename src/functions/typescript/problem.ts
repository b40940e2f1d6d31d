// Defines the errors that clients receive, as RFC 9457 problem details.

/** Status and title by slug, as in the contract's catalogue. */
export const problems = {
  'invalid-json': [400, 'The body is not valid JSON'],
  'invalid-item': [400, 'The body is not a valid item'],
  'invalid-parameter': [400, 'A header or query parameter is not valid'],
  'item-not-found': [404, 'There is no such item'],
  'path-not-found': [404, 'There is no such path'],
  'id-taken': [409, 'There is an item with this id already'],
  'precondition-failed': [412, 'The item is not at the version that the request asks for'],
  'item-too-large': [413, 'The item is too large'],
  'unsupported-media-type': [415, 'The body is not JSON'],
  'idempotency-key-reused': [422, 'The Idempotency-Key was used with another body'],
  'internal-error': [500, 'Internal error'],
  'store-unavailable': [503, 'The store is not available'],
} as const;

/** An error that the client receives. `detail` names what is wrong and says how to correct it. */
export class Problem extends Error {
  readonly slug: keyof typeof problems;

  constructor(slug: keyof typeof problems, detail: string, options?: ErrorOptions) {
    super(detail, options);
    this.slug = slug;
  }
}

/**
 * The members of the response. `requestId` is the one of API Gateway, by which its log has the request.
 */
export const problemDetails = ({ slug, message }: Problem, requestId: string) => {
  const [status, title] = problems[slug];
  const type = `urn:items-api:problem:${slug}`;
  return { type, title, status, detail: message, instance: `urn:uuid:${requestId}`, requestId };
};
