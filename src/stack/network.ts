import { type CfnCondition, Fn, type Stack } from 'aws-cdk-lib';
import {
  CfnEIP,
  CfnInternetGateway,
  CfnNatGateway,
  CfnRoute,
  CfnRouteTable,
  CfnSubnet,
  CfnSubnetRouteTableAssociation,
  CfnVPC,
  CfnVPCGatewayAttachment,
} from 'aws-cdk-lib/aws-ec2';
import { comment } from './comment.ts';
import type { Conditions } from './conditions.ts';
import { nameTag } from './names.ts';

/** What the rest of the stack needs to know of the network. */
export interface Network {
  readonly vpc: CfnVPC;
  readonly zones: readonly Zone[];
}

/** The network's part in one Availability Zone. */
export interface Zone {
  readonly publicSubnet: CfnSubnet;
  readonly privateSubnet: CfnSubnet;
  readonly privateRouteTable: CfnRouteTable;
}

/** Adds the VPC with public and private subnets in two Availability Zones, and the ways out of it. */
export const addNetwork = (stack: Stack, conditions: Conditions): Network => {
  const vpc = comment(
    new CfnVPC(stack, 'Vpc', {
      cidrBlock: '10.0.0.0/16',
      enableDnsSupport: true,
      enableDnsHostnames: true,
      tags: nameTag('vpc'),
    }),
    'Network: two Availability Zones, each with a public subnet for NAT and a private one for the functions',
  );
  const internetGateway = new CfnInternetGateway(stack, 'InternetGateway');
  const attachment = new CfnVPCGatewayAttachment(stack, 'InternetGatewayAttachment', {
    vpcId: vpc.ref,
    internetGatewayId: internetGateway.ref,
  });
  const publicRouteTable = new CfnRouteTable(stack, 'PublicRouteTable', { vpcId: vpc.ref });
  const publicDefaultRoute = comment(
    new CfnRoute(stack, 'PublicDefaultRoute', {
      routeTableId: publicRouteTable.ref,
      destinationCidrBlock: '0.0.0.0/0',
      gatewayId: internetGateway.ref,
    }),
    'Routes and addresses wait for the attachment, NAT gateways for the route: above all to be deleted before it',
  );
  publicDefaultRoute.addResourceDependency(attachment);

  const addZone = (number: 1 | 2, publicCidr: string, privateCidr: string): Zone & { natGateway: CfnNatGateway } => {
    const subnet = (kind: 'Public' | 'Private', cidrBlock: string, routeTable: CfnRouteTable): CfnSubnet => {
      const id = `${kind}Subnet${number}`;
      const made = new CfnSubnet(stack, id, {
        vpcId: vpc.ref,
        cidrBlock,
        availabilityZone: Fn.select(number - 1, Fn.getAzs()),
        mapPublicIpOnLaunch: false,
        tags: nameTag(kind.toLowerCase(), String(number)),
      });
      new CfnSubnetRouteTableAssociation(stack, `${id}RouteTableAssociation`, {
        subnetId: made.ref,
        routeTableId: routeTable.ref,
      });
      return made;
    };
    const privateRouteTable = new CfnRouteTable(stack, `PrivateRouteTable${number}`, { vpcId: vpc.ref });
    const publicSubnet = subnet('Public', publicCidr, publicRouteTable);
    const privateSubnet = subnet('Private', privateCidr, privateRouteTable);
    const natAddress = new CfnEIP(stack, `NatAddress${number}`, { domain: 'vpc' });
    natAddress.addResourceDependency(attachment);
    const natGateway = new CfnNatGateway(stack, `NatGateway${number}`, {
      subnetId: publicSubnet.ref,
      allocationId: natAddress.attrAllocationId,
    });
    natGateway.addResourceDependency(publicDefaultRoute);
    for (const resource of [natAddress, natGateway]) {
      resource.cfnOptions.condition = number === 1 ? conditions.HasNat1 : conditions.HasNat2;
    }
    return { publicSubnet, privateSubnet, privateRouteTable, natGateway };
  };
  const first = addZone(1, '10.0.1.0/24', '10.0.2.0/24');
  const second = addZone(2, '10.0.3.0/24', '10.0.4.0/24');

  const secondNat = Fn.conditionIf(conditions.HasNat2.logicalId, second.natGateway.ref, first.natGateway.ref);
  addPrivateRoute(stack, 1, first, first.natGateway.ref, conditions.HasNat1);
  addPrivateRoute(stack, 2, second, secondNat.toString(), conditions.HasNat1);
  return { vpc, zones: [first, second] };
};

const addPrivateRoute = (stack: Stack, number: number, zone: Zone, natGatewayId: string, condition: CfnCondition): void => {
  const route = new CfnRoute(stack, `PrivateDefaultRoute${number}`, {
    routeTableId: zone.privateRouteTable.ref,
    destinationCidrBlock: '0.0.0.0/0',
    natGatewayId,
  });
  route.cfnOptions.condition = condition;
};
