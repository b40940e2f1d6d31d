/** A request that the database gets. */
export interface DatabaseRequest {
  /** `X-Amz-Target`. */
  readonly target: string;
  readonly contentType: string;
  readonly body: Buffer;
  /** Gives up a request over HTTP. */
  readonly signal?: AbortSignal;
}

/** Response of the database. */
export interface Reply {
  readonly status: number;
  /** By their names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Buffer;
}

/** A way to the database, kept open between requests. */
export interface Exchange {
  post(request: DatabaseRequest): Promise<Reply>;
  close(): void;
}
