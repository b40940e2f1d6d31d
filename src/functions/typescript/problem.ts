// Defines the errors that clients receive, as RFC 9457 problem details.
/**
 * The problems that the functions raise: status and title by slug, as the contract's catalogue has them.
 */
export const problems = {
  'invalid-json': [400, 'The body is not valid JSON'],
  'invalid-item': [400, 'The body is not a valid item'],
  'invalid-parameter': [400, 'A header or query parameter is not valid'],
  'item-not-found': [404, 'There is no such item'],
  'id-taken': [409, 'There is an item with this id already'],
  'precondition-failed': [412, 'The item is not at the version that the request asks for'],
  'item-too-large': [413, 'The item is larger than 400 KB'],
  'unsupported-media-type': [415, 'The body is not JSON'],
  'idempotency-key-reused': [422, 'The Idempotency-Key was used with another body'],
  'internal-error': [500, 'Internal error'],
  'store-unavailable': [503, 'The store is not available'],
} as const;

/**
 * A refusal that the client is told of. `detail` names the thing that is wrong and what to do about it.
 */
export class Problem extends Error {
  readonly slug: keyof typeof problems;

  constructor(slug: keyof typeof problems, detail: string, options?: ErrorOptions) {
    super(detail, options);
    this.slug = slug;
  }
}

/**
 * The problem as RFC 9457 members. `requestId` is API Gateway's, a UUID: it joins the answer to the logs.
 */
export const problemDetails = ({ slug, message }: Problem, requestId: string) => {
  const [status, title] = problems[slug];
  const type = `urn:items-api:problem:${slug}`;
  return { type, title, status, detail: message, instance: `urn:uuid:${requestId}`, requestId };
};
