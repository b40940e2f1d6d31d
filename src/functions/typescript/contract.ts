// Holds limits, patterns and problems of the API. "npm run synth" writes it from src/contract.

/** The most bytes that an item can have in DynamoDB. */
export const itemLimit = 409_600;

/**
 * The most values that an item can have, those in lists and maps included, and that are read of a page.
 * An item of 400 KB could have eight times as many, and take that much longer to read and write.
 */
export const valueLimit = 50_000;

/**
 * DynamoDB has 32 levels; the attribute `attributes` is the first, and the last one can hold no list or
 * map.
 */
export const levelLimit = 30;

/** Describes how large an item can be. */
export const itemRule = 'at most 400 KB, attribute names included, with at most 50,000 values';

/** Describes which numbers DynamoDB keeps. */
export const numberRule = 'at most 38 significant digits between 1E-130 and 9.99E+125';

/**
 * Unreserved characters of RFC 3986, so that an id has one spelling in a URL. A URL with the segment `.`
 * or `..` names another path.
 */
export const idPattern = /^(?!\.{1,2}$)[A-Za-z0-9._~-]{1,128}$/;

/** Describes the ids that the pattern accepts. */
export const idRule = '1 to 128 characters from A-Z a-z 0-9 . _ ~ - other than "." and ".."';

/** The attributes that belong to the server. */
export const serverOwned = ['id', 'version', 'createdAt', 'updatedAt'];

/** Items of a page, unless the request says otherwise. */
export const defaultPageSize = 25;

/** The most items of a page. */
export const pageSizeLimit = 100;

/**
 * The most entity tags in one header: DynamoDB takes 100 operands of IN and 4 KB of expression, for both
 * headers together.
 */
export const entityTagLimit = 50;

/** Entity tags as RFC 9110 writes them (8.8.3, 5.6.1), or `*`. */
export const entityTagsPattern =
  /^([ \t]*\*[ \t]*|[, \t]*(W\/)?"[^"]*"([ \t]*,[, \t]*(W\/)?"[^"]*")*[, \t]*)$/;

/** Describes what that pattern accepts. */
export const entityTagsRule = 'entity tags with their double quotes, as ETag has them, or *';

/** Visible ASCII characters, which is what a header can hold without an encoding. */
export const idempotencyKeyPattern = /^[!-~]{1,255}$/;

/** Describes what that pattern accepts. */
export const idempotencyKeyRule = '1 to 255 visible ASCII characters, such as a UUID';

/** Characters that cannot forge a line of a log. */
export const correlationIdPattern = /^[A-Za-z0-9_.-]{1,128}$/;

/** The headers of responses that pages of other origins may read. */
export const exposedHeaders = [
  'ETag',
  'Location',
  'Idempotency-Replayed',
  'Retry-After',
  'x-amzn-RequestId',
];

/** Seconds to wait before a request is repeated that got 503. */
export const retryAfter = 1;

/** The start of the type of every problem; its slug follows. */
export const problemPrefix = 'urn:items-api:problem:';

/** Status and title of each problem that functions raise, by slug. */
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
