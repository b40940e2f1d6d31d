import { type Received, type Sent, summary } from '../exchange.ts';
import type { Fact } from './fact.ts';

/** A fact about the response to one request. */
export interface RequestFact extends Omit<Fact, 'how' | 'observe' | 'isSame'> {
  readonly sent: Sent;
  /** The part of the response that counts, `summary` unless told otherwise. */
  readonly part?: (received: Received) => string;
  /** What stands in `how` in the place of method and path. */
  readonly request?: string;
}

/** A fact that one request shows. */
export const byRequest = ({ sent, part = summary, request, ...fact }: RequestFact): Fact => ({
  ...fact,
  how: request ?? `\`${sent.method ?? 'GET'} ${sent.path}\``,
  observe: async ({ send }) => part(await send(sent)),
});

/** Headers of a JSON body. */
export const json = { 'content-type': 'application/json' } as const;
