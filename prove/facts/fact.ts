import type { Connection } from '../../src/deploy/index.ts';
import type { Exchange } from '../exchange.ts';

/** Where facts are observed. */
export interface Site {
  /** Invoke URL at which the API is reached. */
  readonly url: URL;
  readonly send: Exchange;
  readonly connection: Connection;
  /** Physical ids of the stack's resources, by logical id. */
  readonly resources: ReadonlyMap<string, string>;
  /** Milliseconds to wait for what comes late. */
  readonly patience: number;
  readonly signal: AbortSignal;
  /** Milliseconds that the deletion of the stack took, once it is deleted. */
  readonly deletion?: number;
}

/** Something that the project states about AWS, and how an account shows whether it holds. */
export interface Fact {
  readonly name: string;
  readonly statement: string;
  /** File of the project that states it or relies on it. */
  readonly source: string;
  readonly how: string;
  readonly expected: string;
  /** Settles with what was observed; undefined if it cannot be observed here. */
  observe(site: Site): Promise<string | undefined>;
  /** True if what was observed is what is expected; equal texts are, unless told otherwise. */
  readonly isSame?: (observed: string) => boolean;
}

/** A fact with what was observed. */
export interface Observation extends Omit<Fact, 'observe' | 'isSame'> {
  readonly observed: string;
  readonly verdict: 'same' | 'differs' | 'not observable here';
}

/** Observes facts one after the other. One that cannot be observed for an error says so. Rejects if the signal aborts. */
export const observe = async (
  facts: readonly Fact[],
  site: Site,
  onObservation: (observation: Observation) => void = () => {},
): Promise<Observation[]> => {
  const observations: Observation[] = [];
  for (const fact of facts) {
    site.signal.throwIfAborted();
    const observation = await observeOne(fact, site);
    onObservation(observation);
    observations.push(observation);
  }
  return observations;
};

const observeOne = async ({ observe: look, isSame, ...fact }: Fact, site: Site): Promise<Observation> => {
  try {
    const observed = await look(site);
    if (observed === undefined) return { ...fact, observed: '', verdict: 'not observable here' };
    return { ...fact, observed, verdict: (isSame?.(observed) ?? observed === fact.expected) ? 'same' : 'differs' };
  } catch (error) {
    site.signal.throwIfAborted();
    return { ...fact, observed: reasonOf(error), verdict: 'not observable here' };
  }
};

const reasonOf = (error: unknown): string => {
  const { name, message, code } = error as NodeJS.ErrnoException;
  return `${code ?? name}: ${message.split('\n', 1)[0]?.slice(0, 200)}`;
};
