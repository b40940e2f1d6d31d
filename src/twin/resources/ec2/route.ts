import { invalidProperty } from '../../../cloudformation/errors.ts';
import { formatCidr } from '../../../cloudformation/intrinsics/address-block.ts';
import { object, string } from '../../../cloudformation/shapes.ts';
import type { Network, Route, RouteTable } from '../../network/index.ts';
import { cidrOf, lookUp } from '../../network/lookup.ts';
import type { ResourceType } from '../../resource.ts';

type Properties = {
  readonly RouteTableId: string;
  readonly DestinationCidrBlock: string;
  readonly GatewayId?: string;
  readonly NatGatewayId?: string;
};

/** A route to an internet gateway or a NAT gateway. */
export const ec2Route: ResourceType<Properties> = {
  type: 'AWS::EC2::Route',
  schema: {
    ...object(
      {
        RouteTableId: string,
        DestinationCidrBlock: string,
        GatewayId: string,
        NatGatewayId: string,
      },
      ['RouteTableId', 'DestinationCidrBlock'],
    ),
    oneOf: [{ required: ['GatewayId'] }, { required: ['NatGatewayId'] }],
  },
  start: (properties, { services }) => {
    const table = lookUp(services.network.routeTables, properties.RouteTableId, 'RouteTableId', 'route table');
    const destination = cidrOf(properties.DestinationCidrBlock, 'DestinationCidrBlock', 0, 32);
    const key = formatCidr(destination);
    if (table.routes.has(key))
      throw invalidProperty('DestinationCidrBlock', `${key} has a route in ${table.id} already; remove one of the two`);
    table.routes.set(key, { destination, target: target(properties, table, services.network) });
    return {
      ref: `${table.id}|${key}`,
      attributes: { CidrBlock: key },
      stop: () => {
        table.routes.delete(key);
      },
    };
  },
};

const target = ({ GatewayId = '', NatGatewayId }: Properties, table: RouteTable, network: Network): Route['target'] => {
  if (NatGatewayId) {
    const { id, subnetId } = lookUp(network.natGateways, NatGatewayId, 'NatGatewayId', 'NAT gateway');
    const { vpcId } = lookUp(network.subnets, subnetId, 'NatGatewayId', 'subnet');
    if (vpcId !== table.vpcId)
      throw invalidProperty('NatGatewayId', `${id} is in ${vpcId}, but the route table is in ${table.vpcId}`);
    return { kind: 'nat-gateway', id };
  }
  const gateway = lookUp(network.internetGateways, GatewayId, 'GatewayId', 'internet gateway');
  if (gateway.vpcId === table.vpcId) return { kind: 'internet-gateway', id: gateway.id };
  const remedy = 'attach it, and let this resource depend on the attachment with DependsOn';
  throw invalidProperty(
    'GatewayId',
    `${gateway.id} is not attached to ${table.vpcId}, the VPC of the route table; ${remedy}`,
  );
};
