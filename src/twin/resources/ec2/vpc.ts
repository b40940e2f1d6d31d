import { formatCidr } from '../../../cloudformation/intrinsics/address-block.ts';
import { resourceId } from '../../../cloudformation/names.ts';
import { boolean, object, string, words } from '../../../cloudformation/shapes.ts';
import { cidrOf } from '../../network/lookup.ts';
import type { ResourceType } from '../../resource.ts';
import { tagsSchema } from '../parts/tags.ts';

type Properties = {
  readonly CidrBlock: string;
  readonly EnableDnsSupport?: boolean;
};

/** A VPC with its main route table and default security group. */
export const ec2Vpc: ResourceType<Properties> = {
  type: 'AWS::EC2::VPC',
  schema: object(
    {
      CidrBlock: string,
      EnableDnsSupport: boolean,
      EnableDnsHostnames: boolean,
      InstanceTenancy: words(['default'], ['dedicated']),
      Tags: tagsSchema,
    },
    ['CidrBlock'],
  ),
  start: (properties, context) => {
    const { vpcs, routeTables, securityGroups } = context.services.network;
    const { CidrBlock, EnableDnsSupport: enableDnsSupport = true } = properties;
    const id = resourceId('vpc', context);
    const cidr = cidrOf(CidrBlock, 'CidrBlock', 16, 28);
    const mainRouteTableId = resourceId('rtb', context);
    const defaultSecurityGroupId = resourceId('sg', context);
    vpcs.set(id, { id, cidr, enableDnsSupport, mainRouteTableId, defaultSecurityGroupId });
    routeTables.set(mainRouteTableId, { id: mainRouteTableId, vpcId: id, routes: new Map() });
    securityGroups.set(defaultSecurityGroupId, {
      id: defaultSecurityGroupId,
      vpcId: id,
      groupName: 'default',
      ingress: [{ ipProtocol: '-1', peer: { kind: 'security-group', groupId: defaultSecurityGroupId } }],
      egress: [{ ipProtocol: '-1', peer: { kind: 'cidr-ip', cidr: { first: 0, prefixLength: 0 } } }],
    });
    return {
      ref: id,
      attributes: {
        VpcId: id,
        CidrBlock: formatCidr(cidr),
        CidrBlockAssociations: [resourceId('vpc-cidr-assoc', context)],
        DefaultNetworkAcl: resourceId('acl', context),
        DefaultSecurityGroup: defaultSecurityGroupId,
        Ipv6CidrBlocks: [],
      },
      stop: () => {
        vpcs.delete(id);
        routeTables.delete(mainRouteTableId);
        securityGroups.delete(defaultSecurityGroupId);
      },
    };
  },
};
