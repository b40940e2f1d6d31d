import type { Api } from './api.ts';

/** One thing that the API means, shown over HTTP. It fails by throwing; it depends on no other case and no other item. */
export interface Case {
  readonly name: string;
  run(api: Api): Promise<void>;
}

/** A name that no other run uses. */
export const unique = (prefix: string): string => `${prefix}-${crypto.randomUUID()}`;
