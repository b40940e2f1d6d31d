/** A request to the database. */
export interface DatabaseRequest {
  /** `X-Amz-Target`. */
  readonly target: string;
  readonly contentType: string;
  readonly body: Buffer;
  /** Aborts the request. Used over HTTP only. */
  readonly signal?: AbortSignal;
}

/** Response of the database. */
export interface Reply {
  readonly status: number;
  /** Header names are in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Buffer;
}

/** A connection to the database that stays open between requests. */
export interface Exchange {
  post(request: DatabaseRequest): Promise<Reply>;
  close(): void;
}
