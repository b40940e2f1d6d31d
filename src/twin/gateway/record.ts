/** One finished request, as reported to the program that started the gateway. */
export interface RequestRecord {
  readonly time: Date;
  readonly method: string;
  /** Path as the client wrote it, stage included. */
  readonly path: string;
  readonly status: number;
  /** Milliseconds from the last byte of the request to the first byte of the response, and its parts. */
  readonly latency: number;
  readonly parts: LatencyParts;
  /** Name of the invoked function, if there was one. */
  readonly functionName?: string;
  /** Reason of a 4xx or 5xx. */
  readonly reason?: string;
  readonly requestId: string;
  readonly userAgent?: string;
}

/** Milliseconds that each component took for a request. */
export interface LatencyParts {
  readonly gateway: number;
  /** The function without its calls of DynamoDB, cold start included. */
  readonly function?: number;
  /** The cold start, if there was one. */
  readonly coldStart?: number;
  readonly dynamoDb?: number;
}
