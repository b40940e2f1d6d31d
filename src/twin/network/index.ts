import type { Cidr } from '../../cloudformation/intrinsics/address-block.ts';
import type { PolicyDocument } from '../iam/policy-document.ts';

/** Amazon VPC in the twin: the network resources of the stack, by physical id. The twin does not route packets. */
export interface Network {
  readonly vpcs: Map<string, Vpc>;
  readonly subnets: Map<string, Subnet>;
  readonly internetGateways: Map<string, InternetGateway>;
  /** Elastic IPs by allocation id (`eipalloc-…`). */
  readonly elasticIps: Map<string, ElasticIp>;
  readonly natGateways: Map<string, NatGateway>;
  readonly routeTables: Map<string, RouteTable>;
  readonly vpcEndpoints: Map<string, VpcEndpoint>;
  readonly securityGroups: Map<string, SecurityGroup>;
}

export interface Vpc {
  readonly id: string;
  readonly cidr: Cidr;
  readonly enableDnsSupport: boolean;
  /** Route table of subnets without an association. */
  readonly mainRouteTableId: string;
  readonly defaultSecurityGroupId: string;
}

export interface Subnet {
  readonly id: string;
  readonly vpcId: string;
  readonly cidr: Cidr;
  readonly availabilityZone: string;
  /** Set while a SubnetRouteTableAssociation exists. Otherwise the main route table of the VPC applies. */
  routeTableId?: string;
}

export interface InternetGateway {
  readonly id: string;
  /** Set while a VPCGatewayAttachment exists. */
  vpcId?: string;
}

export interface ElasticIp {
  readonly allocationId: string;
  readonly publicIp: string;
}

export interface NatGateway {
  readonly id: string;
  readonly subnetId: string;
  readonly connectivityType: 'public' | 'private';
  readonly allocationId?: string;
}

export interface RouteTable {
  readonly id: string;
  readonly vpcId: string;
  /** Routes by destination in canonical form (`0.0.0.0/0`). The VPC's own block always has a local route. */
  readonly routes: Map<string, Route>;
}

export interface Route {
  readonly destination: Cidr;
  readonly target: { readonly kind: 'internet-gateway' | 'nat-gateway'; readonly id: string };
}

/** A gateway endpoint, with a route to the prefix list of `serviceName` in each of `routeTableIds`. */
export interface VpcEndpoint {
  readonly id: string;
  readonly vpcId: string;
  readonly serviceName: string;
  readonly routeTableIds: readonly string[];
  /** Absent for the default policy, which allows full access. */
  readonly policyDocument?: PolicyDocument;
}

export interface SecurityGroup {
  readonly id: string;
  readonly vpcId: string;
  readonly groupName: string;
  readonly ingress: readonly SecurityGroupRule[];
  readonly egress: readonly SecurityGroupRule[];
}

/** A rule in CloudFormation's terms. `peer` is the source or destination of the packets. */
export interface SecurityGroupRule {
  /** `tcp`, `udp`, `icmp`, a protocol number, or `-1` for all. */
  readonly ipProtocol: string;
  readonly fromPort?: number;
  readonly toPort?: number;
  readonly peer:
    | { readonly kind: 'cidr-ip'; readonly cidr: Cidr }
    | { readonly kind: 'cidr-ipv6'; readonly cidrIpv6: string }
    | { readonly kind: 'prefix-list'; readonly prefixListId: string }
    | { readonly kind: 'security-group'; readonly groupId: string };
}

/** Creates an empty network. */
export const createNetwork = (): Network => ({
  vpcs: new Map(),
  subnets: new Map(),
  internetGateways: new Map(),
  elasticIps: new Map(),
  natGateways: new Map(),
  routeTables: new Map(),
  vpcEndpoints: new Map(),
  securityGroups: new Map(),
});
