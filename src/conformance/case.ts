import type { Api, Response } from './api.ts';

/**
 * One aspect of the API's behaviour, tested over HTTP. It fails by throwing. It asserts only what is true on a table that others
 * use at the same time: between any two of its requests, other clients may create or delete any item that is not its own.
 */
export interface Case {
  readonly name: string;
  /** Reason why the case runs while no other case does. Other clients may still use the table. */
  readonly alone?: string;
  run(api: Api): Promise<void>;
}

/** Returns the entity tag of a response. */
export const tagOf = ({ headers }: Pick<Response, 'headers'>): string => headers.get('etag') ?? '';

/** An entity tag that no item has. */
export const otherTag = '"AAAAAAAAAAAAAAAAAAAAAA"';

/** Returns a name that no other run uses. */
export const unique = (prefix: string): string => `${prefix}-${crypto.randomUUID()}`;
