import { invalidProperty } from '../../../cloudformation/errors.ts';
import { resourceId } from '../../../cloudformation/names.ts';
import { object, string } from '../../../cloudformation/shapes.ts';
import { lookUp } from '../../network/lookup.ts';
import type { ResourceType } from '../../resource.ts';

type Properties = { readonly SubnetId: string; readonly RouteTableId: string };

export const ec2SubnetRouteTableAssociation: ResourceType<Properties> = {
  type: 'AWS::EC2::SubnetRouteTableAssociation',
  schema: object({ SubnetId: string, RouteTableId: string }, ['SubnetId', 'RouteTableId']),
  start: ({ SubnetId, RouteTableId }, context) => {
    const { subnets, routeTables } = context.services.network;
    const subnet = lookUp(subnets, SubnetId, 'SubnetId', 'subnet');
    const table = lookUp(routeTables, RouteTableId, 'RouteTableId', 'route table');
    if (table.vpcId !== subnet.vpcId)
      throw invalidProperty('RouteTableId', `${table.id} is in ${table.vpcId}, the subnet in ${subnet.vpcId}`);
    if (subnet.routeTableId) {
      throw invalidProperty(
        'SubnetId',
        `${subnet.id} is associated with ${subnet.routeTableId} already; a subnet has one route table`,
      );
    }
    subnet.routeTableId = table.id;
    const id = resourceId('rtbassoc', context);
    return {
      ref: id,
      attributes: { Id: id },
      stop: () => {
        delete subnet.routeTableId;
      },
    };
  },
};
