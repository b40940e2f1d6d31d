import { LocalError } from '../../../cloudformation/errors.ts';
import type { ApiKeyConfiguration, UsagePlanConfiguration } from '../configuration.ts';
import { type Failure, failure } from '../failure.ts';
import { createQuota, maxOffset } from './quota.ts';
import { accountThrottle, limitsOf, type MethodThrottle, type ThrottledMethod, throttled } from './throttle.ts';
import { createTokenBucket } from './token-bucket.ts';

/** API keys and usage plans. They are not part of a deployment: a change applies from the next request on. */
export interface Usage {
  createApiKey(key: ApiKeyConfiguration): void;
  deleteApiKey(keyId: string): void;
  createUsagePlan(plan: UsagePlanConfiguration): void;
  deleteUsagePlan(planId: string): void;
  /** Adds a key to a plan. Returns false if the key or the plan does not exist. */
  createUsagePlanKey(planId: string, keyId: string): boolean;
  deleteUsagePlanKey(planId: string, keyId: string): void;
  /** Returns the client with this enabled key if a usage plan allows it on a stage. */
  find(value: string, apiId: string, stage: string): Client | undefined;
  /** Returns the reason why `find` returns no client. */
  explain(value: string, stage: string): string;
  /** Returns all keys of the stack. */
  apiKeys(): readonly ApiKeyConfiguration[];
}

/** An API key in a usage plan. */
export interface Client {
  readonly key: ApiKeyConfiguration;
  /** Counts a request of a method. Returns a failure if it exceeds the throttle or the quota. */
  use(apiId: string, stage: string, method: ThrottledMethod): Failure | undefined;
}

export const createUsage = (): Usage => {
  const keys = new Map<string, ApiKeyConfiguration>();
  const plans = new Map<string, Plan>();
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
    createUsagePlan: (plan) => {
      checkOffset(plan);
      plans.set(plan.id, { plan, clients: new Map() });
    },
    deleteUsagePlan: (planId) => void plans.delete(planId),
    createUsagePlanKey: (planId, keyId) => {
      const key = keys.get(keyId);
      const added = plans.get(planId);
      if (key === undefined || added === undefined) {
        return false;
      }
      checkNoOtherPlan(keyId, added, plans.values());
      added.clients.set(keyId, createClient(key, added.plan));
      return true;
    },
    deleteUsagePlanKey: (planId, keyId) => void plans.get(planId)?.clients.delete(keyId),
    find: (value, apiId, stage) => {
      for (const { plan, clients } of plans.values()) {
        if (!plan.apiStages.some((one) => one.apiId === apiId && one.stage === stage)) {
          continue;
        }
        for (const client of clients.values()) {
          if (client.key.value === value && client.key.enabled && keys.has(client.key.id)) {
            return client;
          }
        }
      }
      return undefined;
    },
    explain: (value, stage) => {
      const key = [...keys.values()].find((one) => one.value === value);
      if (key === undefined) return 'the x-api-key header contains no API key of the stack';
      return key.enabled
        ? `no usage plan admits the API key ${key.id} to the stage ${stage}`
        : `the API key ${key.id} is disabled (Enabled is false by default)`;
    },
    apiKeys: () => [...keys.values()],
  };
};

interface Plan {
  readonly plan: UsagePlanConfiguration;
  /** Clients by the id of their key. */
  readonly clients: Map<string, Client>;
}

/**
 * Creates the client of a key. Throttle and quota of a plan apply to each key separately, over all stages of the plan. The
 * throttle of a method in the plan replaces that of the plan. A throttled request does not count towards the quota.
 */
const createClient = (key: ApiKeyConfiguration, plan: UsagePlanConfiguration): Client => {
  const planLimits = plan.throttle && { ...accountThrottle, ...plan.throttle };
  const ofPlan = planLimits && { limits: planLimits, bucket: createTokenBucket(planLimits) };
  const ofMethods = new Map<string, MethodThrottle | undefined>();
  const throttleOf = (apiId: string, stage: string, method: ThrottledMethod): MethodThrottle | undefined => {
    const settings = plan.apiStages.find((one) => one.apiId === apiId && one.stage === stage)?.methodSettings;
    if (!settings?.length) return ofPlan;
    const id = `${apiId} ${stage} ${method.httpMethod} ${method.resourcePath}`;
    if (!ofMethods.has(id)) {
      const limits = limitsOf(method, settings);
      ofMethods.set(id, limits ? { limits, bucket: createTokenBucket(limits) } : ofPlan);
    }
    return ofMethods.get(id);
  };
  const quota = plan.quota && createQuota(plan.quota);
  return {
    key,
    use: (apiId, stage, method) => {
      const throttle = throttleOf(apiId, stage, method);
      if (throttle?.bucket() === false)
        return throttled(`the limit of the usage plan ${plan.id} for each key`, throttle.limits);
      return quota?.() === false
        ? failure('QUOTA_EXCEEDED', {
            explanation: `the usage plan ${plan.id} allows each key ${plan.quota?.limit} requests a ${plan.quota?.period}`,
          })
        : undefined;
    },
  };
};

/**
 * Validates the offset. The reference describes Offset as a number of requests subtracted in the first period. The service
 * rejects all but these ranges, and in earlier references Offset is the day on which a period begins.
 */
const checkOffset = ({ quota }: UsagePlanConfiguration): void => {
  if (quota !== undefined && quota.offset > maxOffset[quota.period]) {
    throw new LocalError(
      'INVALID_PROPERTY',
      `property Quota.Offset is the day on which a ${quota.period} begins: it must be ${maxOffset[quota.period]} or less, not ${quota.offset}`,
    );
  }
};

/** Rejects a key that is on two plans of a stage, as AWS does: it would be undefined which plan counts. */
const checkNoOtherPlan = (keyId: string, { plan: added }: Plan, plans: Iterable<Plan>): void => {
  for (const { plan, clients } of plans) {
    const shared = plan.apiStages.find(({ apiId, stage }) =>
      added.apiStages.some((one) => one.apiId === apiId && one.stage === stage),
    );
    if (plan.id !== added.id && shared !== undefined && clients.has(keyId)) {
      throw new LocalError(
        'RESOURCE_FAILED',
        `KeyId ${keyId} is already on another usage plan of stage ${shared.stage}. A key can be on only one plan per stage`,
      );
    }
  }
};
