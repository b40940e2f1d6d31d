import { type Cidr, contains, formatCidr, parseCidr } from '../../cloudformation/intrinsics/address-block.ts';
import type { Network, Route, RouteTable, Subnet, VpcEndpoint } from './index.ts';
import { lookUp } from './lookup.ts';

/**
 * Result of the search for paths from a function to a service: the hops over which packets can leave, as subnets can have
 * different ones; or, in one sentence, the reason why the service is unreachable and the remedy.
 */
export type Reachability = { readonly reachable: true; readonly via: readonly Hop[] } | Unreachable;

/** The hop at which packets leave a VPC. A function without a VPC has the hop `no-vpc`. */
export interface Hop {
  readonly kind: 'gateway-endpoint' | 'nat-gateway' | 'no-vpc';
  readonly id: string;
}

interface Unreachable {
  readonly reachable: false;
  readonly reason: string;
}

/** `VpcConfig` of a function. Without subnets the function runs outside of the user's VPCs. */
export interface VpcConfig {
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
}

/** An AWS service at its public, regional HTTPS endpoint, or over a gateway endpoint. */
export interface RegionalService {
  readonly name: 'dynamodb';
  readonly region: string;
}

/**
 * Evaluates the network path of a function to a service as Amazon VPC does: name resolution, security groups, then the routes of
 * every subnet, because Lambda can place an environment in any of them. Network ACLs are not supported: the default one allows
 * everything. Throws a LocalError UNRESOLVED_REFERENCE for ids that are not in the network.
 */
export const reachability = (network: Network, vpcConfig: VpcConfig | undefined, service: RegionalService): Reachability => {
  if (!vpcConfig || vpcConfig.subnetIds.length === 0) return reachable('no-vpc');
  const subnets = vpcConfig.subnetIds.map((id) => lookUp(network.subnets, id, 'VpcConfig.SubnetIds', 'subnet'));
  const obstacle = resolves(network, subnets, service) ?? egress(network, vpcConfig.securityGroupIds, service);
  if (obstacle) return obstacle;
  const paths = subnets.map((subnet) => pathFrom(network, subnet, service));
  return allOf(paths);
};

const reachable = (kind: Hop['kind'], id = ''): Reachability => ({ reachable: true, via: [{ kind, id }] });

const unreachable = (reason: string): Unreachable => ({ reachable: false, reason });

/** Combines the results of several possible paths: each must lead to the service. */
const allOf = (paths: readonly Reachability[]): Reachability => {
  const via: Hop[] = [];
  for (const path of paths) {
    if (!path.reachable) return path;
    via.push(...path.via.filter(({ id }) => via.every((hop) => hop.id !== id)));
  }
  return { reachable: true, via };
};

const resolves = (network: Network, subnets: readonly Subnet[], service: RegionalService): Reachability | undefined => {
  const vpcs = subnets.map(({ vpcId }) => lookUp(network.vpcs, vpcId, 'VpcId', 'VPC'));
  const silent = vpcs.find(({ enableDnsSupport }) => !enableDnsSupport);
  if (!silent) return undefined;
  const host = `${service.name}.${service.region}.amazonaws.com`;
  return unreachable(`DNS support of ${silent.id} is off, so ${host} does not resolve; set EnableDnsSupport to true`);
};

/**
 * Returns an obstacle unless an egress rule allows the traffic. Security groups only allow: one matching rule of any group is
 * enough.
 */
const egress = (network: Network, groupIds: readonly string[], service: RegionalService): Reachability | undefined => {
  const groups = groupIds.map((id) => lookUp(network.securityGroups, id, 'VpcConfig.SecurityGroupIds', 'security group'));
  const peers = groups
    .flatMap((group) => group.egress)
    .filter(({ ipProtocol, fromPort = 0, toPort = 65535 }) =>
      ['tcp', '6'].includes(ipProtocol) ? fromPort <= httpsPort && httpsPort <= toPort : ipProtocol === '-1',
    )
    .map(({ peer }) => peer);
  const prefixListId = prefixLists[service.name][service.region];
  // The twin does not have the prefix list id of every region. Without it, any prefix list matches.
  if (peers.some((peer) => peer.kind === 'prefix-list' && peer.prefixListId === (prefixListId ?? peer.prefixListId))) {
    return undefined;
  }
  // The service's standard endpoint has public IPv4 addresses and is in no security group of the user: other peers do not match
  // it.
  if (publicIsCovered(peers.flatMap((peer) => (peer.kind === 'cidr-ip' ? [peer.cidr] : [])))) return undefined;
  const who = groupIds.length === 0 ? 'no security group' : `no egress rule of ${groupIds.join(' or ')}`;
  const list = prefixListId ?? `the prefix list of com.amazonaws.${service.region}.${service.name}`;
  return unreachable(`${who} allows tcp ${httpsPort} to ${list} or to 0.0.0.0/0; add an egress rule to either`);
};

const pathFrom = (network: Network, subnet: Subnet, service: RegionalService): Reachability => {
  const table = routeTableOf(network, subnet);
  const direct = endpointOn(network, table, service);
  if (direct) return reachable('gateway-endpoint', direct.id);
  const start = `${subnet.id} has no path to ${service.name}: its route table ${table.id}`;
  const remedy = `add ${table.id} to the RouteTableIds of a gateway endpoint for ${serviceName(service)}`;
  const routes = publicRoutes(table);
  if (!routes) {
    return unreachable(
      `${start} has neither a gateway endpoint for ${serviceName(service)} nor routes to all public addresses; ${remedy}, or route 0.0.0.0/0 to a NAT gateway`,
    );
  }
  // The public addresses of the service change over time: every route to public addresses must lead out of the VPC.
  return allOf(routes.map((route) => pathOver(network, route, { service, start, remedy })));
};

interface Way {
  readonly service: RegionalService;
  /** Beginning of messages about the subnet. */
  readonly start: string;
  /** Remedy that is always possible. */
  readonly remedy: string;
}

const pathOver = (network: Network, { destination, target }: Route, { service, start, remedy }: Way): Reachability => {
  const lead = `${start} routes ${formatCidr(destination)} to ${target.id}`;
  if (target.kind === 'internet-gateway') {
    // An internet gateway drops packets from a source without a public address, and Lambda assigns none to functions.
    return unreachable(`${lead}, but a function has no public address; route it to a NAT gateway instead, or ${remedy}`);
  }
  const nat = network.natGateways.get(target.id);
  if (!nat) return unreachable(`${lead}, which does not exist; route it to a NAT gateway that does, or ${remedy}`);
  const subnet = lookUp(network.subnets, nat.subnetId, 'SubnetId', 'subnet');
  const table = routeTableOf(network, subnet);
  // A NAT gateway uses the route table of its own subnet. There, too, the prefix list is the longer prefix.
  const endpoint = endpointOn(network, table, service);
  if (endpoint) return reachable('gateway-endpoint', endpoint.id);
  if (nat.connectivityType === 'private') {
    return unreachable(
      `${lead}, a private NAT gateway, which does not reach the internet; set its ConnectivityType to public, or ${remedy}`,
    );
  }
  const ofVpc = (route: Route): boolean => network.internetGateways.get(route.target.id)?.vpcId === subnet.vpcId;
  const routes = publicRoutes(table);
  const wrong = routes?.find((route) => !ofVpc(route));
  if (routes && !wrong) return reachable('nat-gateway', nat.id);
  const missing = wrong
    ? `routes ${formatCidr(wrong.destination)} to ${wrong.target.id}, which is not an internet gateway attached to ${subnet.vpcId}`
    : 'has no route to an internet gateway';
  return unreachable(
    `${lead}, but the route table ${table.id} of its subnet ${subnet.id} ${missing}; route 0.0.0.0/0 there to an internet gateway attached to ${subnet.vpcId}, or ${remedy}`,
  );
};

const routeTableOf = (network: Network, subnet: Subnet): RouteTable => {
  const { mainRouteTableId } = lookUp(network.vpcs, subnet.vpcId, 'VpcId', 'VPC');
  return lookUp(network.routeTables, subnet.routeTableId ?? mainRouteTableId, 'RouteTableId', 'route table');
};

const serviceName = ({ name, region }: RegionalService): string => `com.amazonaws.${region}.${name}`;

/**
 * Returns the endpoint to which a route table routes a service. It has precedence over the routes of publicRoutes, because the
 * blocks in the service's prefix list are longer prefixes than those of other routes, except routes for single blocks of the
 * service.
 */
const endpointOn = (network: Network, table: RouteTable, service: RegionalService): VpcEndpoint | undefined =>
  [...network.vpcEndpoints.values()].find(
    (endpoint) => endpoint.serviceName === serviceName(service) && endpoint.routeTableIds.includes(table.id),
  );

/**
 * Returns the routes for packets to public addresses, without routes that longer prefixes replace; undefined if some addresses
 * have no route.
 */
const publicRoutes = (table: RouteTable): readonly Route[] | undefined => {
  const routes = [...table.routes.values()];
  const within = (outer: Route): Cidr[] =>
    routes.filter((route) => route !== outer && contains(outer.destination, route.destination)).map((r) => r.destination);
  if (!publicIsCovered(routes.map(({ destination }) => destination))) return undefined;
  return routes.filter((route) => !publicIsCovered(within(route), route.destination));
};

/** Returns true if the blocks contain every public address of `whole`. */
const publicIsCovered = (blocks: readonly Cidr[], whole: Cidr = everything): boolean => {
  const all = [...blocks, ...notPublic];
  if (all.some((block) => contains(block, whole))) return true;
  if (!all.some((block) => contains(whole, block))) return false;
  const prefixLength = whole.prefixLength + 1;
  const upper = whole.first + 2 ** (32 - prefixLength);
  return [whole.first, upper].every((first) => publicIsCovered(blocks, { first, prefixLength }));
};

const httpsPort = 443;
const everything: Cidr = { first: 0, prefixLength: 0 };

/** IANA's special-purpose blocks, and multicast and above. No service has an address in them. */
const notPublic = [
  '0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24',
  '192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/3',
].flatMap((line) => line.split(' ').flatMap((text) => parseCidr(text) ?? []));

/** AWS-managed prefix lists by region, for regions where the id is certain. */
const prefixLists: Readonly<Record<RegionalService['name'], Readonly<Record<string, string>>>> = {
  dynamodb: {
    'us-east-1': 'pl-02cd2c6b',
    'us-east-2': 'pl-4ca54025',
    'us-west-1': 'pl-6ea54007',
    'us-west-2': 'pl-00a54069',
    'ca-central-1': 'pl-4ea54027',
    'eu-west-1': 'pl-6fa54006',
    'eu-west-2': 'pl-b3a742da',
    'eu-central-1': 'pl-66a5400f',
    'ap-south-1': 'pl-66a7420f',
    'ap-northeast-1': 'pl-78a54011',
    'ap-northeast-2': 'pl-48a54021',
    'ap-southeast-1': 'pl-67a5400e',
    'ap-southeast-2': 'pl-62a5400b',
  },
};
