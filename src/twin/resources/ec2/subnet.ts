import { invalidProperty } from '../../../cloudformation/errors.ts';
import { contains, formatCidr, overlap } from '../../../cloudformation/intrinsics/address-block.ts';
import { resourceId } from '../../../cloudformation/names.ts';
import { unsupportedProperty } from '../../../cloudformation/properties.ts';
import { boolean, object, string } from '../../../cloudformation/shapes.ts';
import { cidrOf, lookUp } from '../../network/lookup.ts';
import type { ResourceType } from '../../resource.ts';
import { tagsSchema } from '../parts/tags.ts';

type Properties = {
  readonly VpcId: string;
  readonly CidrBlock: string;
  readonly AvailabilityZone?: string;
};

export const ec2Subnet: ResourceType<Properties> = {
  type: 'AWS::EC2::Subnet',
  schema: object(
    {
      VpcId: string,
      CidrBlock: string,
      AvailabilityZone: string,
      MapPublicIpOnLaunch: boolean,
      Tags: tagsSchema,
    },
    ['VpcId', 'CidrBlock'],
  ),
  start: (properties, context) => {
    const { region } = context.stack;
    const { vpcs, subnets } = context.services.network;
    const { VpcId, CidrBlock, AvailabilityZone: availabilityZone = `${region}a` } = properties;
    const vpc = lookUp(vpcs, VpcId, 'VpcId', 'VPC');
    const cidr = cidrOf(CidrBlock, 'CidrBlock', 16, 28);
    if (!contains(vpc.cidr, cidr)) {
      throw invalidProperty('CidrBlock', `must lie in the block of its VPC, ${formatCidr(vpc.cidr)}; ${CidrBlock} does not`);
    }
    const neighbour = [...subnets.values()].find((subnet) => subnet.vpcId === vpc.id && overlap(subnet.cidr, cidr));
    if (neighbour)
      throw invalidProperty(
        'CidrBlock',
        `${CidrBlock} overlaps ${formatCidr(neighbour.cidr)} of ${neighbour.id}; choose another block`,
      );
    if (new RegExp(`^${region}-[a-z]+-\\d+[a-z]$`).test(availabilityZone)) {
      const message = `is ${availabilityZone}, a Local Zone, which the local twin does not support; use one such as ${region}a`;
      throw unsupportedProperty('AvailabilityZone', message);
    }
    if (!/^[a-f]$/.test(availabilityZone.slice(region.length)) || !availabilityZone.startsWith(region)) {
      throw invalidProperty('AvailabilityZone', `must be a zone of ${region}, such as ${region}a, not ${availabilityZone}`);
    }
    const id = resourceId('subnet', context);
    subnets.set(id, { id, vpcId: vpc.id, cidr, availabilityZone });
    return {
      ref: id,
      attributes: {
        SubnetId: id,
        VpcId: vpc.id,
        CidrBlock: formatCidr(cidr),
        AvailabilityZone: availabilityZone,
        Ipv6CidrBlocks: [],
        NetworkAclAssociationId: resourceId('aclassoc', context),
        OutpostArn: '',
      },
      stop: () => {
        subnets.delete(id);
      },
    };
  },
};
