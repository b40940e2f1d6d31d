import { LocalError } from '../../../cloudformation/errors.ts';
import { object, string } from '../../../cloudformation/shapes.ts';
import type { ResourceType } from '../../resource.ts';

type Properties = {
  readonly KeyId: string;
  readonly UsagePlanId: string;
};

/** Adds an API key to a usage plan. */
export const apiGatewayUsagePlanKey: ResourceType<Properties> = {
  type: 'AWS::ApiGateway::UsagePlanKey',
  schema: object(
    {
      KeyId: string,
      KeyType: { enum: ['API_KEY'] },
      UsagePlanId: string,
    },
    ['KeyId', 'KeyType', 'UsagePlanId'],
  ),
  start: ({ KeyId: keyId, UsagePlanId: planId }, context) => {
    const { usage } = context.services.gateway;
    if (!usage.createUsagePlanKey(planId, keyId)) {
      throw new LocalError(
        'RESOURCE_FAILED',
        `KeyId ${keyId} or UsagePlanId ${planId} does not exist in this stack: refer to them with !Ref`,
      );
    }
    const id = `${keyId}:${planId}`;
    return { ref: id, attributes: { Id: id }, stop: () => usage.deleteUsagePlanKey(planId, keyId) };
  },
};
