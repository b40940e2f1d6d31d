import type { LocalErrorCode } from '../../../src/cloudformation/errors.ts';
import type { Json } from '../../../src/cloudformation/json.ts';

/** A small edit of template.yaml, and the rejection that it must cause. */
export interface Mutation {
  readonly what: string;
  /** Values by their place below `Resources`, segments separated by `|`; null removes. Loops are written out. */
  readonly edit?: Readonly<Record<string, Json>>;
  /** Values of parameters; AuthorizationType is NONE otherwise. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** What start raises. */
  readonly rejected?: { readonly code: LocalErrorCode; readonly message: RegExp };
  /** A sentence that is printed at start. */
  readonly warning?: RegExp;
  /** Requests, one after the other, and their answers. */
  readonly requests?: readonly Exchange[];
  /** A line of a log that says why. */
  readonly log?: RegExp;
}

export interface Exchange {
  /** `POST /items`. */
  readonly request: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly status: number;
  readonly answer?: RegExp;
}

/** A request that creates an item, with what becomes of it. */
export const create = (status: number, answer?: RegExp, headers: Exchange['headers'] = {}): Exchange => ({
  request: 'POST /items',
  headers: { 'Content-Type': 'application/json', ...headers },
  body: '{"name":"lamp"}',
  status,
  ...(answer && { answer }),
});

/** The place of one function's inline code. */
export const code = (operation: string): string => `${operation}Function|Properties|Code|ZipFile`;
