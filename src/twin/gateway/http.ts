/** Header fields in the order and with the names in which they were sent or will be sent. */
export type Headers = readonly (readonly [name: string, value: string])[];

/** A request as it came from the socket. */
export interface HttpRequest {
  readonly method: string;
  /** Path as the client wrote it, stage included, percent-encoding kept. */
  readonly path: string;
  /** Query string after the `?`, undecoded; empty without one. */
  readonly query: string;
  readonly headers: Headers;
  /** Undefined when it is larger than API Gateway takes. */
  readonly body: Buffer | undefined;
  readonly sourceIp: string;
  /** `HTTP/1.1`. */
  readonly protocol: string;
  readonly receivedAt: Date;
}

/** A response for the socket. */
export interface HttpResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string | Buffer;
}

/** The last value of a header, which is the one that counts where API Gateway takes a single value. */
export const headerValue = (headers: Headers, name: string): string | undefined => {
  const wanted = name.toLowerCase();
  return headers.findLast(([key]) => key.toLowerCase() === wanted)?.[1];
};

/** A media type without its parameters, in lower case. */
export const mediaType = (value: string): string => (value.split(';', 1)[0] ?? '').trim().toLowerCase();

/** The path within a stage, `/` at least. As recorded, slashes between the two count as one; those that follow stay. */
export const pathInStage = (path: string, stageName: string): string =>
  `/${path.slice(stageName.length + 1).replace(/^\/+/, '')}`;

/**
 * The names and decoded values of a query string, in order. `+` is a space; text that is not valid encoding stays as it is.
 * A semicolon splits as `&` does: API Gateway's important notes say that it "results in the data being split".
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

/** Checks whether a media type is one of the API's binary media types, which may be ranges (`image/*`, `*\/*`). */
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
