import type { Stack } from 'aws-cdk-lib';
import { CfnApiKey, type CfnRestApi, type CfnStage, CfnUsagePlan, CfnUsagePlanKey } from 'aws-cdk-lib/aws-apigateway';
import type { Conditions } from './conditions.ts';
import { stackName } from './names.ts';
import type { Parameters } from './parameters.ts';

/** Adds an API key and its usage plan, for stacks that require one. */
export const addApiKey = (
  stack: Stack,
  restApi: CfnRestApi,
  stage: CfnStage,
  parameters: Parameters,
  conditions: Conditions,
): CfnApiKey => {
  const key = new CfnApiKey(stack, 'ApiKey', {
    name: stackName('key'),
    description: 'First client of the Items API',
    enabled: true,
  });
  const plan = new CfnUsagePlan(stack, 'UsagePlan', {
    usagePlanName: stackName('plan'),
    description: 'Limits of a client of the Items API',
    apiStages: [{ apiId: restApi.ref, stage: stage.ref }],
    throttle: {
      rateLimit: parameters.ThrottlingRateLimit.valueAsNumber,
      burstLimit: parameters.ThrottlingBurstLimit.valueAsNumber,
    },
  });
  const planKey = new CfnUsagePlanKey(stack, 'UsagePlanKey', { keyId: key.ref, keyType: 'API_KEY', usagePlanId: plan.ref });
  for (const resource of [key, plan, planKey]) resource.cfnOptions.condition = conditions.RequiresApiKey;
  return key;
};
