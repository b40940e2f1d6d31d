/** A public template, as it is at a commit, and what is known of it. */
export interface PublicTemplate {
  /** `owner/name` on GitHub. */
  readonly repository: string;
  readonly path: string;
  readonly commit: string;
  /** Parameters without a default, which anybody who deploys it gives. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Functions whose code is in S3: a folder of the repository, or one that the trial makes, with a function that answers with 200. */
  readonly code?: Readonly<Record<string, string | StandIn>>;
  /** Requests with the responses that AWS would give, in this order. Without them the template is not to start. */
  readonly requests?: readonly Request[];
  /** Why AWS does not create the stack. */
  readonly fault?: string;
  /** Services on the way of every request that the twin does not have. */
  readonly foreign?: string;
  /** What of it the twin does not support. */
  readonly unsupported?: string;
}

/** Code in place of code that is not in the repository: for a runtime, with the file and the function that the Handler names. */
export interface StandIn {
  readonly runtime: 'nodejs' | 'python' | 'provided';
  readonly handler: string;
}

/** A request to the first stage, or to the API where there is none, and the response to it. */
export interface Request {
  /** `GET /path?query`, after the stage. */
  readonly ask: string;
  readonly body?: string;
  /** Headers beside `Content-Type: application/json` of a body and the API key of the stack. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Signed by a user of the account. */
  readonly signed?: true;
  readonly status: number;
  /** What the body of the response has. */
  readonly says?: string;
}
