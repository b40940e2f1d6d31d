import { object } from '../../../cloudformation/shapes.ts';
import { apiGatewayId } from '../../gateway/ids.ts';
import type { ResourceType } from '../../resource.ts';

/**
 * The role with which API Gateway writes logs, one for each account and region. The twin does not use it: an account may have a
 * role from outside of the template, so every stage may log.
 */
export const apiGatewayAccount: ResourceType = {
  type: 'AWS::ApiGateway::Account',
  schema: object({ CloudWatchRoleArn: { type: 'string', pattern: '^arn:[\\w-]+:iam::\\d{12}:role/.+$' } }),
  start: (_properties, context) => {
    const id = apiGatewayId(context, 10);
    return { ref: id, attributes: { Id: id } };
  },
};
