import { resourceId } from '../../../cloudformation/names.ts';
import { object, string } from '../../../cloudformation/shapes.ts';
import { lookUp } from '../../network/lookup.ts';
import type { ResourceType } from '../../resource.ts';
import { tagsSchema } from '../parts/tags.ts';

type Properties = { readonly VpcId: string };

export const ec2RouteTable: ResourceType<Properties> = {
  type: 'AWS::EC2::RouteTable',
  schema: object({ VpcId: string, Tags: tagsSchema }, ['VpcId']),
  start: ({ VpcId }, context) => {
    const { vpcs, routeTables } = context.services.network;
    const vpc = lookUp(vpcs, VpcId, 'VpcId', 'VPC');
    const id = resourceId('rtb', context);
    routeTables.set(id, { id, vpcId: vpc.id, routes: new Map() });
    return {
      ref: id,
      attributes: { RouteTableId: id },
      stop: () => {
        routeTables.delete(id);
      },
    };
  },
};
