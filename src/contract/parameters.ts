import { idPattern } from './item.ts';

/** A parameter of a request, as OpenAPI describes it. */
export interface Parameter {
  /** Markdown. */
  readonly description: string;
  /** JSON Schema, draft 2020-12. */
  readonly schema: { readonly [keyword: string]: string | number };
  readonly example?: string | number;
}

/** Items of a page of a list. */
export const pageSize = { least: 1, most: 100, standard: 25 } as const;

/** The most entity tags in one header: DynamoDB takes 100 operands of IN and 4 KB of expression, for both headers together. */
export const entityTagLimit = 50;

/** Visible ASCII characters, which is what a header can hold without an encoding. */
export const idempotencyKeyPattern = '^[!-~]{1,255}$';

/** Tells what `idempotencyKeyPattern` accepts. */
export const idempotencyKeyRule = '1 to 255 visible ASCII characters, such as a UUID';

/** Characters that cannot forge a line of a log. */
export const correlationIdPattern = '^[A-Za-z0-9_.-]{1,128}$';

/** Entity tags as RFC 9110 has recipients read them (8.8.3, 5.6.1), with tabs and empty elements, or `*`. */
export const entityTagsPattern = '^([ \\t]*\\*[ \\t]*|[, \\t]*(W/)?"[^"]*"([ \\t]*,[, \\t]*(W/)?"[^"]*")*[, \\t]*)$';

/** Entity tags as clients should write them. */
const plainTagsPattern = '^(\\*|(W/)?"[!#-~]*"(, *(W/)?"[!#-~]*")*)$';

/** Tells what `entityTagsPattern` accepts. */
export const entityTagsRule = 'entity tags with their double quotes, as ETag has them, or *';

/** An entity tag for examples. */
export const exampleTag = '"Tq3xZt0mR2uX5cP8aVw1nA"';

/** The parameter in paths. */
export const idParameter: Parameter = {
  description: 'The id of the item. Only this spelling is accepted: no percent-encoding, no slash at the end.',
  schema: { type: 'string', pattern: idPattern },
  example: 'lamp',
};

/** Query parameters by name. */
export const queryParameters = {
  limit: {
    description: 'The most items of the page. A page can have fewer, also when more pages follow.',
    schema: { type: 'integer', minimum: pageSize.least, maximum: pageSize.most, default: pageSize.standard },
    example: pageSize.standard,
  },
  cursor: {
    description: 'The `nextCursor` of the page before, unchanged. The first page has none.',
    schema: { type: 'string', pattern: '^[A-Za-z0-9_-]+$' },
  },
} as const satisfies Record<string, Parameter>;

/** The name of a query parameter. */
export type QueryParameterName = keyof typeof queryParameters;

/** Request headers that operations read, by name. */
export const requestHeaders = {
  'If-Match': {
    description: `Does nothing unless the item has one of these entity tags (strong comparison): otherwise 412. \`*\` stands for any item. At most ${entityTagLimit} tags.`,
    schema: { type: 'string', pattern: plainTagsPattern },
    example: exampleTag,
  },
  'If-None-Match': {
    description: `Does nothing if the item has one of these entity tags (weak comparison): 304 for GET, otherwise 412. At most ${entityTagLimit} tags.`,
    schema: { type: 'string', pattern: plainTagsPattern },
    example: exampleTag,
  },
  'Idempotency-Key': {
    description:
      'Makes it safe to send the same request again: a repetition with the same key and body returns the first response, with `Idempotency-Replayed: true`, as long as the item exists. A key belongs to the caller that sent it. Use a new UUID for each new item.',
    schema: { type: 'string', pattern: idempotencyKeyPattern },
    example: '7b0c6f9e-2a63-4c0e-9a54-0d0f6f3b1e52',
  },
} as const satisfies Record<string, Parameter>;

/** The name of a request header that an operation reads. */
export type RequestHeaderName = keyof typeof requestHeaders;

/** A header that every operation reads, for its log line. */
export const correlationId: Parameter = {
  description:
    'An id of the client for the log of this request: 1 to 128 of the characters A-Z a-z 0-9 . _ -. Any other is ignored.',
  schema: { type: 'string' },
  example: 'checkout-4711',
};

/** Headers that pages of allowed origins may send: content, signatures, tokens, keys, and what operations read. */
export const allowedHeaders: readonly string[] = [
  'Content-Type',
  'Authorization',
  'X-Amz-Date',
  'X-Amz-Security-Token',
  'X-Amz-Content-Sha256',
  'X-Api-Key',
  'X-Correlation-Id',
  ...Object.keys(requestHeaders),
];

/** Seconds for which a browser may keep the response to a preflight request. */
export const preflightMaxAge = 7200;
