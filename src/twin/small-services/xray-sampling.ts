import { wildcard } from '../iam/wildcard.ts';

/**
 * A sampling rule: the requests that it matches, and the share of them that is sampled. Texts can contain the wildcards `*` and
 * `?`.
 */
export interface SamplingRule {
  readonly ruleName: string;
  /** The matching rule with the lowest priority value decides. */
  readonly priority: number;
  /** Number of requests per second that are sampled before the fixed rate applies. */
  readonly reservoirSize: number;
  /** Share of the other requests that is sampled, from 0 to 1. */
  readonly fixedRate: number;
  readonly serviceName: string;
  readonly serviceType: string;
  readonly resourceArn: string;
  readonly host: string;
  readonly httpMethod: string;
  readonly urlPath: string;
  /** Headers and their values. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** Properties of a request that rules match. */
export interface TracedRequest
  extends Omit<SamplingRule, 'ruleName' | 'priority' | 'reservoirSize' | 'fixedRate' | 'attributes'> {
  /** Returns the value of a header; names are not case-sensitive. */
  header(name: string): string | undefined;
}

/** A sampling rule with its counters. */
export interface Sampler {
  readonly priority: number;
  matches(request: TracedRequest): boolean;
  /** Decides on the next request that matches the rule. */
  decide(): boolean;
}

const texts = ['serviceName', 'serviceType', 'resourceArn', 'host', 'httpMethod', 'urlPath'] as const;

/**
 * Creates a sampler: the first requests of each second use the reservoir, the others the fixed rate. `now` returns milliseconds,
 * `random` a number from 0 to 1. (X-Ray Developer Guide, "Configure sampling rules".)
 */
export const createSampler = (
  rule: SamplingRule,
  { now = Date.now, random = Math.random }: { readonly now?: () => number; readonly random?: () => number } = {},
): Sampler => {
  let second = 0;
  let taken = 0;
  return {
    priority: rule.priority,
    matches: (request) =>
      texts.every((name) => wildcard(rule[name], 'i').test(request[name])) &&
      Object.entries(rule.attributes).every(([name, value]) => wildcard(value, 'i').test(request.header(name) ?? '')),
    decide: () => {
      const current = Math.floor(now() / 1000);
      if (current !== second) [second, taken] = [current, 0];
      if (taken >= rule.reservoirSize) return random() < rule.fixedRate;
      taken += 1;
      return true;
    },
  };
};
