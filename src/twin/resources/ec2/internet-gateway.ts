import { resourceId } from '../../../cloudformation/names.ts';
import { object } from '../../../cloudformation/shapes.ts';
import type { ResourceType } from '../../resource.ts';
import { tagsSchema } from '../parts/tags.ts';

export const ec2InternetGateway: ResourceType = {
  type: 'AWS::EC2::InternetGateway',
  schema: object({ Tags: tagsSchema }),
  start: (_properties, context) => {
    const { internetGateways } = context.services.network;
    const id = resourceId('igw', context);
    internetGateways.set(id, { id });
    return {
      ref: id,
      attributes: { InternetGatewayId: id },
      stop: () => {
        internetGateways.delete(id);
      },
    };
  },
};
