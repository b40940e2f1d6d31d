import { createSampler, type Sampler, type SamplingRule, type TracedRequest } from './xray-sampling.ts';

/** AWS X-Ray as the twin needs it: it decides which requests are sampled. Segments go nowhere. */
export interface XRay {
  /** Adds a rule; false if there is one of its name. */
  createSamplingRule(rule: SamplingRule): boolean;
  deleteSamplingRule(ruleName: string): void;
  /**
   * Decides whether a request that nobody has decided on is sampled: by the first rule that matches. One that none matches is
   * sampled, as the twin has no Default rule, which would take one request a second and 5 % of the others.
   */
  sample(request: TracedRequest): boolean;
}

export type { SamplingRule, TracedRequest } from './xray-sampling.ts';

export const createXRay = (): XRay => {
  const samplers = new Map<string, Sampler>();
  return {
    createSamplingRule: (rule) => {
      if (samplers.has(rule.ruleName)) return false;
      samplers.set(rule.ruleName, createSampler(rule));
      return true;
    },
    deleteSamplingRule: (ruleName) => void samplers.delete(ruleName),
    sample: (request) => {
      const matching = [...samplers.values()].filter((sampler) => sampler.matches(request));
      return matching.toSorted((a, b) => a.priority - b.priority)[0]?.decide() ?? true;
    },
  };
};
