/** Header fields, with order and case of the names as sent. */
export type Headers = readonly (readonly [name: string, value: string])[];

/** A request as read from the socket. */
export interface HttpRequest {
  readonly method: string;
  /** Path as the client wrote it, stage included, percent-encoding kept. */
  readonly path: string;
  /** Query string after the `?`, not decoded; empty without one. */
  readonly query: string;
  readonly headers: Headers;
  /** Undefined if it is larger than API Gateway accepts. */
  readonly body: Buffer | undefined;
  readonly sourceIp: string;
  /** `HTTP/1.1`. */
  readonly protocol: string;
  readonly receivedAt: Date;
}

/** A response to write to the socket. */
export interface HttpResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string | Buffer;
}

/** Returns the last value of a header: the one that API Gateway uses where it reads a single value. */
export const headerValue = (headers: Headers, name: string): string | undefined => {
  const wanted = name.toLowerCase();
  return headers.findLast(([key]) => key.toLowerCase() === wanted)?.[1];
};

/** Returns a media type without its parameters, in lower case. */
export const mediaType = (value: string): string => (value.split(';', 1)[0] ?? '').trim().toLowerCase();

/**
 * Returns the path within a stage, at least `/`. As recorded, slashes between stage and path count as one; later ones are kept.
 */
export const pathInStage = (path: string, stageName: string): string =>
  `/${path.slice(stageName.length + 1).replace(/^\/+/, '')}`;

/**
 * Parses a query string into names and decoded values, in order. `+` is a space; text with invalid encoding stays as it is. A
 * semicolon separates parameters as `&` does: API Gateway's important notes say that it "results in the data being split".
 */
export const parseQuery = (query: string): [string, string][] =>
  query
    .split(/[&;]/)
    .filter((pair) => pair !== '')
    .map((pair) => {
      const equals = pair.indexOf('=');
      return equals === -1
        ? [decodeQueryPart(pair), '']
        : [decodeQueryPart(pair.slice(0, equals)), decodeQueryPart(pair.slice(equals + 1))];
    });

/** Returns true if a media type is a binary media type of the API. Binary media types can be ranges (`image/*`, `*\/*`). */
export const isBinary = (type: string, binaryMediaTypes: readonly string[]): boolean =>
  binaryMediaTypes.some((pattern) => {
    const range = mediaType(pattern);
    return range === '*/*' || range === type || (range.endsWith('/*') && type.startsWith(range.slice(0, -1)));
  });

const decodeQueryPart = (text: string): string => {
  const spaced = text.replaceAll('+', ' ');
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
};
