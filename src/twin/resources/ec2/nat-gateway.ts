import { invalidProperty } from '../../../cloudformation/errors.ts';
import { resourceId } from '../../../cloudformation/names.ts';
import { object, string } from '../../../cloudformation/shapes.ts';
import { lookUp } from '../../network/lookup.ts';
import type { ResourceType } from '../../resource.ts';
import { tagsSchema } from '../parts/tags.ts';

type Properties = {
  readonly SubnetId: string;
  readonly AllocationId?: string;
  readonly ConnectivityType?: 'public' | 'private';
};

export const ec2NatGateway: ResourceType<Properties> = {
  type: 'AWS::EC2::NatGateway',
  schema: object(
    {
      SubnetId: string,
      AllocationId: string,
      ConnectivityType: { enum: ['public', 'private'] },
      Tags: tagsSchema,
    },
    ['SubnetId'],
  ),
  start: ({ SubnetId, AllocationId, ConnectivityType: connectivityType = 'public' }, context) => {
    const { subnets, elasticIps, internetGateways, natGateways } = context.services.network;
    const subnet = lookUp(subnets, SubnetId, 'SubnetId', 'subnet');
    if (connectivityType === 'private' && AllocationId) {
      throw invalidProperty('AllocationId', 'is for public NAT gateways; remove it, or set ConnectivityType to public');
    }
    if (connectivityType === 'public') {
      if (!AllocationId)
        throw invalidProperty('AllocationId', 'is missing; a public NAT gateway needs an Elastic IP address');
      lookUp(elasticIps, AllocationId, 'AllocationId', 'Elastic IP address');
      const user = [...natGateways.values()].find(({ allocationId }) => allocationId === AllocationId);
      if (user) throw invalidProperty('AllocationId', `${AllocationId} is in use by ${user.id}; allocate another address`);
      if (![...internetGateways.values()].some(({ vpcId }) => vpcId === subnet.vpcId)) {
        const remedy = 'attach one, and let this resource depend on the attachment with DependsOn';
        throw invalidProperty('SubnetId', `is in ${subnet.vpcId}, which has no internet gateway attached; ${remedy}`);
      }
    }
    const id = resourceId('nat', context);
    natGateways.set(id, { id, subnetId: subnet.id, connectivityType, ...(AllocationId && { allocationId: AllocationId }) });
    return {
      ref: id,
      attributes: { NatGatewayId: id, EniId: resourceId('eni', context) },
      stop: () => {
        natGateways.delete(id);
      },
    };
  },
};
