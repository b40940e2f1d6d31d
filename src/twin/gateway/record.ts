/** One finished request, for whoever started the gateway. */
export interface RequestRecord {
  readonly time: Date;
  readonly method: string;
  /** Path as the client wrote it, stage included. */
  readonly path: string;
  readonly status: number;
  /** Milliseconds from the last byte of the request to the first of the response, and the parts of them. */
  readonly latency: number;
  readonly parts: LatencyParts;
  /** The function that was invoked, if any was. */
  readonly functionName?: string;
  /** Reason of a 4xx or 5xx. */
  readonly reason?: string;
  readonly requestId: string;
  /** The `User-Agent` of the request. */
  readonly userAgent?: string;
}

/** Time of a request for each component, in milliseconds. */
export interface LatencyParts {
  readonly gateway: number;
  /** Of the function without its calls of DynamoDB, cold start included. */
  readonly function?: number;
  /** Of the cold start, if there was one. */
  readonly coldStart?: number;
  readonly dynamoDb?: number;
}
