/** A header of responses, as OpenAPI describes it. */
export interface ResponseHeader {
  /** Markdown. */
  readonly description: string;
  /** JSON Schema, draft 2020-12. */
  readonly schema: { readonly [keyword: string]: string | number };
  readonly example: string | number;
  /** True if a response that can have it may lack it. */
  readonly optional?: true;
}

/** Headers of responses that clients act on, by name: pages of other origins may read them. */
export const responseHeaders = {
  ETag: {
    description: 'The entity tag of the item. It changes with every write and never comes back for other content.',
    schema: { type: 'string', pattern: '^"[A-Za-z0-9_-]{22}"$' },
    example: '"Tq3xZt0mR2uX5cP8aVw1nA"',
  },
  Location: {
    description: 'The path of the new item, stage included.',
    schema: { type: 'string', format: 'uri-reference' },
    example: '/v1/items/lamp',
  },
  'Idempotency-Replayed': {
    description: 'Present if an earlier request with the same Idempotency-Key created the item.',
    schema: { type: 'string', const: 'true' },
    example: 'true',
    optional: true,
  },
  'Retry-After': {
    description: 'Seconds to wait before the request is repeated.',
    schema: { type: 'integer', minimum: 0 },
    example: 1,
    optional: true,
  },
  'x-amzn-RequestId': {
    description: 'The id of the request at API Gateway, which its logs have. Quote it in a report.',
    schema: { type: 'string', minLength: 1 },
    example: '4f6a1f0e-58b1-4a58-9d1c-2f8f2d6f3a55',
  },
} as const satisfies Record<string, ResponseHeader>;

/** The name of a header of responses. */
export type ResponseHeaderName = keyof typeof responseHeaders;

/** A response of an operation that succeeded. */
export interface Success {
  readonly status: number;
  /** Markdown. */
  readonly description: string;
  /** Name of the schema of the body in the OpenAPI document, such as `Item` or `ItemPage`; none if it is absent. */
  readonly body?: string;
  /** Headers of its own. */
  readonly headers?: readonly ResponseHeaderName[];
}
