import { createSampler, type Sampler, type SamplingRule, type TracedRequest } from './xray-sampling.ts';

/** AWS X-Ray in the twin: it decides which requests are sampled. Segments are dropped. */
export interface XRay {
  /** Adds a rule. Returns false if a rule with this name exists. */
  createSamplingRule(rule: SamplingRule): boolean;
  deleteSamplingRule(ruleName: string): void;
  /**
   * Decides whether a request without a sampling decision is sampled, by the first rule that matches. If none matches, the
   * request is sampled: the twin has no Default rule, which would sample one request a second and 5 % of the others.
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
