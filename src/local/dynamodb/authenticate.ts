import type { IncomingMessage } from 'node:http';

/** Why a request may not pass, in the terms of the service. */
export interface Refusal {
  readonly type: string;
  readonly message: string;
}

/**
 * Whether a request says who sends it. This is the one place that decides whether a request may pass; it sees requests
 * before anything of them reaches the database.
 */
export const authenticate = ({ headers, url }: IncomingMessage): Refusal | undefined => {
  if (headers.authorization?.trimStart().startsWith('AWS4-') || url?.includes('X-Amz-Algorithm=')) return undefined;
  return { type: 'MissingAuthenticationTokenException', message: 'Request is missing Authentication Token' };
};
