import assert from 'node:assert/strict';
import type { Api, Response } from './api.ts';

/**
 * One thing that the API means, shown over HTTP. It fails by throwing. It asserts only what holds on a table that others use at
 * the same time: between any two of its requests, somebody may create or delete any item that is not its own.
 */
export interface Case {
  readonly name: string;
  /** Why it runs while no other case does. Strangers may still use the table. */
  readonly alone?: string;
  run(api: Api): Promise<void>;
}

/** The entity tag of a response's item. */
export const tagOf = ({ headers }: Pick<Response, 'headers'>): string => headers.get('etag') ?? '';

/** A new item: its path and its entity tag. */
export const createTagged = async (api: Api, attributes?: object): Promise<{ id: string; path: string; tag: string }> => {
  const { id } = await api.create(attributes);
  const path = `/items/${id}`;
  const tag = tagOf(await api.request('GET', path));
  assertStrong(tag);
  return { id, path, tag };
};

/** Fails unless the text is a strong entity tag (RFC 9110, 8.8.3). */
export const assertStrong = (tag: string): void => assert.match(tag, /^"[\x21\x23-\x7e]+"$/, `entity tag ${tag}`);

/** Entity tags that no item ever has: one of the form that this API makes, and others. */
export const foreignTags = ['"AAAAAAAAAAAAAAAAAAAAAA"', '"1"', '"abc"'] as const;

/** A name that no other run uses. */
export const unique = (prefix: string): string => `${prefix}-${crypto.randomUUID()}`;
