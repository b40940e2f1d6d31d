/** One template of the product: the same cloud with the handlers in one language. */
export interface Edition {
  /** Identifier of the Lambda runtime. */
  readonly runtime: 'nodejs24.x' | 'python3.14';
  readonly code: InlineCode;
}

/** Source of the functions as `Code.ZipFile` takes it. */
export interface InlineCode {
  /** What several functions need; it goes in front of each function's own code. */
  readonly shared: string;
  /** Own code by handler (`create-item`). */
  readonly handlers: ReadonlyMap<string, string>;
}
