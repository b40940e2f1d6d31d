import type { Api, Response } from './api.ts';

/**
 * One thing that the API means, shown over HTTP. It fails by throwing. It asserts only what holds on a table that others use at
 * the same time: between any two of its requests, somebody may create or delete any item that is not its own.
 */
export interface Case {
  readonly name: string;
  /** Reason why it runs while no other case does. Other clients may still use the table. */
  readonly alone?: string;
  run(api: Api): Promise<void>;
}

/** The entity tag of a response's item. */
export const tagOf = ({ headers }: Pick<Response, 'headers'>): string => headers.get('etag') ?? '';

/** An entity tag that no item has. */
export const otherTag = '"AAAAAAAAAAAAAAAAAAAAAA"';

/** A name that no other run uses. */
export const unique = (prefix: string): string => `${prefix}-${crypto.randomUUID()}`;
