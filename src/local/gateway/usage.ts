import { LocalError } from '../errors.ts';
import type { ApiKeyConfiguration, UsagePlanConfiguration } from './configuration.ts';

/** API keys and usage plans. They are no part of a deployment: a change counts from the next request on. */
export interface Usage {
  createApiKey(key: ApiKeyConfiguration): void;
  deleteApiKey(keyId: string): void;
  createUsagePlan(plan: UsagePlanConfiguration): void;
  deleteUsagePlan(planId: string): void;
  /** Adds a key to a plan; false if there is no such key or plan. */
  createUsagePlanKey(planId: string, keyId: string): boolean;
  deleteUsagePlanKey(planId: string, keyId: string): void;
  /** The enabled key with this value that a usage plan admits to a stage. */
  admit(value: string, apiId: string, stage: string): ApiKeyConfiguration | undefined;
  apiKey(keyId: string): ApiKeyConfiguration | undefined;
}

export const createUsage = (): Usage => {
  const keys = new Map<string, ApiKeyConfiguration>();
  const plans = new Map<string, { readonly plan: UsagePlanConfiguration; readonly keyIds: Set<string> }>();
  return {
    createApiKey: (key) => {
      if ([...keys.values()].some(({ value }) => value === key.value)) {
        throw new LocalError(
          'RESOURCE_FAILED',
          'API Key already exists: two keys of this stack have the same Value, give each its own',
        );
      }
      keys.set(key.id, key);
    },
    deleteApiKey: (keyId) => void keys.delete(keyId),
    createUsagePlan: (plan) => void plans.set(plan.id, { plan, keyIds: new Set() }),
    deleteUsagePlan: (planId) => void plans.delete(planId),
    createUsagePlanKey: (planId, keyId) => keys.has(keyId) && plans.get(planId)?.keyIds.add(keyId) !== undefined,
    deleteUsagePlanKey: (planId, keyId) => void plans.get(planId)?.keyIds.delete(keyId),
    admit: (value, apiId, stage) => {
      const key = [...keys.values()].find((one) => one.enabled && one.value === value);
      const isAdmitted = [...plans.values()].some(
        ({ plan, keyIds }) =>
          key !== undefined &&
          keyIds.has(key.id) &&
          plan.apiStages.some((one) => one.apiId === apiId && one.stage === stage),
      );
      return isAdmitted ? key : undefined;
    },
    apiKey: (keyId) => keys.get(keyId),
  };
};
