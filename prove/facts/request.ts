import { type Received, type Sent, summary } from '../exchange.ts';
import type { Fact } from './fact.ts';

/** A fact about the response to one request. */
export interface RequestFact extends Omit<Fact, 'how' | 'observe' | 'isSame'> {
  readonly sent: Sent;
  /** Returns the part of the response that is compared; `summary` by default. */
  readonly part?: (received: Received) => string;
  /** Replaces method and path in `how`. */
  readonly request?: string;
}

/** Returns a fact that one request shows. */
export const byRequest = ({ sent, part = summary, request, ...fact }: RequestFact): Fact => ({
  ...fact,
  how: request ?? `\`${sent.method ?? 'GET'} ${sent.path}\``,
  observe: async ({ send }) => part(await send(sent)),
});

/** Headers of a JSON body. */
export const json = { 'content-type': 'application/json' } as const;
