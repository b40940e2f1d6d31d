import { wildcard } from '../iam/wildcard.ts';

/** Which requests a rule is about, and how many of them are sampled. Texts may have the wildcards `*` and `?`. */
export interface SamplingRule {
  readonly ruleName: string;
  /** The rule with the lowest one decides. */
  readonly priority: number;
  /** Requests a second that are sampled in any case. */
  readonly reservoirSize: number;
  /** Share of the others, 0 to 1. */
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
  /** Value of a header, by its name in any case. */
  header(name: string): string | undefined;
}

/** A rule at work. */
export interface Sampler {
  readonly priority: number;
  matches(request: TracedRequest): boolean;
  /** Decides on one request more, which the rule matches. */
  decide(): boolean;
}

const texts = ['serviceName', 'serviceType', 'resourceArn', 'host', 'httpMethod', 'urlPath'] as const;

/**
 * Makes a rule decide: the first requests of each second out of its reservoir, the others by its rate. `now` is in
 * milliseconds, `random` from 0 to 1. (X-Ray Developer Guide, "Configure sampling rules".)
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
