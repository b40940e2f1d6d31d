import type { Connection } from '../../src/deploy/index.ts';
import type { Exchange } from '../exchange.ts';

/** The deployment on which facts are observed. */
export interface Site {
  /** Invoke URL of the API. */
  readonly url: URL;
  readonly send: Exchange;
  readonly connection: Connection;
  /** Physical ids of the stack's resources, by logical id. */
  readonly resources: ReadonlyMap<string, string>;
  /** Milliseconds to wait for a late change or log line. */
  readonly patience: number;
  readonly signal: AbortSignal;
  /** Duration of the stack's deletion in milliseconds, once it is deleted. */
  readonly deletion?: number;
}

/** A statement of the project about AWS, and the observation that confirms or refutes it. */
export interface Fact {
  readonly name: string;
  readonly statement: string;
  /** File of the project that states the fact or relies on it. */
  readonly source: string;
  readonly how: string;
  readonly expected: string;
  /** Resolves with the observation; undefined if the fact cannot be observed here. */
  observe(site: Site): Promise<string | undefined>;
  /** Returns true if the observation agrees with the expectation. By default, the two texts must be equal. */
  readonly isSame?: (observed: string) => boolean;
}

/** A fact with its observation. */
export interface Observation extends Omit<Fact, 'observe' | 'isSame'> {
  readonly observed: string;
  readonly verdict: 'same' | 'differs' | 'not observable here';
}

/**
 * Observes facts one after the other. If an error prevents an observation, the observation reports it. Rejects if the signal
 * aborts.
 */
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
