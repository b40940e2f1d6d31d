/** A public template at a commit, and its expected behaviour. */
export interface PublicTemplate {
  /** `owner/name` on GitHub. */
  readonly repository: string;
  readonly path: string;
  readonly commit: string;
  /** Parameters without a default, which everybody who deploys the template must set. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Code of functions whose code is in S3: a folder of the repository, or a stand-in that responds with 200. */
  readonly code?: Readonly<Record<string, string | StandIn>>;
  /** Requests in order, each with the response that AWS would return. Without requests, the template is expected not to start. */
  readonly requests?: readonly Request[];
  /** Reason why AWS does not create the stack. */
  readonly fault?: string;
  /** Services in the path of every request that the twin does not have. */
  readonly foreign?: string;
  /** Parts of the template that the twin does not support. */
  readonly unsupported?: string;
}

/** Code that replaces code missing from the repository: for a runtime, with the file and function that the Handler names. */
export interface StandIn {
  readonly runtime: 'nodejs' | 'python' | 'provided';
  readonly handler: string;
}

/** A request to the first stage, or to the API if there is none, and the expected response. */
export interface Request {
  /** Method, and path with query after the stage: `GET /path?query`. */
  readonly ask: string;
  readonly body?: string;
  /** Headers in addition to the `Content-Type: application/json` of a body and the API key of the stack. */
  readonly headers?: Readonly<Record<string, string>>;
  /** True if a user of the account signs the request. */
  readonly signed?: true;
  readonly status: number;
  /** Text that the body of the response must contain. */
  readonly says?: string;
}
