import { object } from '../../../cloudformation/shapes.ts';
import { apiGatewayId } from '../../gateway/ids.ts';
import type { ResourceType } from '../../resource.ts';

/**
 * The role with which API Gateway writes logs, one for an account and region. It is kept and not asked for: whether an account
 * has one is outside the template, so in the twin every stage may log.
 */
export const apiGatewayAccount: ResourceType = {
  type: 'AWS::ApiGateway::Account',
  schema: object({ CloudWatchRoleArn: { type: 'string', pattern: '^arn:[\\w-]+:iam::\\d{12}:role/.+$' } }),
  start: (_properties, context) => {
    const id = apiGatewayId(context, 10);
    return { ref: id, attributes: { Id: id } };
  },
};
