// One file: it is two tables of changes to one network.
import { describe, expect, it } from 'vitest';
import { parseCidr } from '../../../src/cloudformation/intrinsics/address-block.ts';
import { createNetwork, type Network, type SecurityGroupRule } from '../../../src/twin/network/index.ts';
import { reachability } from '../../../src/twin/network/reachability.ts';

const service = { name: 'dynamodb', region: 'eu-central-1' } as const;
const vpcConfig = { subnetIds: ['subnet-a', 'subnet-b'], securityGroupIds: ['sg-1'] };
const viaEndpoint = { reachable: true, via: [{ kind: 'gateway-endpoint', id: 'vpce-1' }] };
const viaNat = { reachable: true, via: [{ kind: 'nat-gateway', id: 'nat-1' }] };

const cidr = (text: string) => {
  const block = parseCidr(text);
  if (!block) throw new Error(`${text} is no block`);
  return block;
};

const to = (text: string): SecurityGroupRule['peer'] => ({ kind: 'cidr-ip', cidr: cidr(text) });
const https = (peer: SecurityGroupRule['peer']): SecurityGroupRule => ({
  ipProtocol: 'tcp',
  fromPort: 443,
  toPort: 443,
  peer,
});

const addRoute = (network: Network, tableId: string, destination: string, id: string): void => {
  const kind = id.startsWith('nat') ? 'nat-gateway' : 'internet-gateway';
  network.routeTables.get(tableId)?.routes.set(destination, { destination: cidr(destination), target: { kind, id } });
};
const removeRoute = (network: Network, tableId: string, destination = '0.0.0.0/0'): void =>
  void network.routeTables.get(tableId)?.routes.delete(destination);
const addEndpoint = (network: Network, routeTableIds: string[], serviceName = 'com.amazonaws.eu-central-1.dynamodb'): void =>
  void network.vpcEndpoints.set('vpce-1', { id: 'vpce-1', vpcId: 'vpc-1', serviceName, routeTableIds });
const setSubnet = (network: Network, id: string, routeTableId?: string): void =>
  void network.subnets.set(id, {
    ...{ id, vpcId: 'vpc-1', cidr: cidr('10.0.1.0/24'), availabilityZone: 'eu-central-1a' },
    ...(routeTableId && { routeTableId }),
  });
const setEgress = (network: Network, ...egress: SecurityGroupRule[]): void =>
  void network.securityGroups.set('sg-1', { id: 'sg-1', vpcId: 'vpc-1', groupName: 'functions', ingress: [], egress });

/** Subnets a and b (table rtb-private) -> nat-1 in subnet-public (table rtb-public) -> igw-1. */
const withNat = (): Network => {
  const network = createNetwork();
  network.vpcs.set('vpc-1', {
    ...{ id: 'vpc-1', cidr: cidr('10.0.0.0/16'), enableDnsSupport: true },
    ...{ mainRouteTableId: 'rtb-main', defaultSecurityGroupId: 'sg-default' },
  });
  for (const id of ['rtb-main', 'rtb-private', 'rtb-public'])
    network.routeTables.set(id, { id, vpcId: 'vpc-1', routes: new Map() });
  setSubnet(network, 'subnet-a', 'rtb-private');
  setSubnet(network, 'subnet-b', 'rtb-private');
  setSubnet(network, 'subnet-public', 'rtb-public');
  network.internetGateways.set('igw-1', { id: 'igw-1', vpcId: 'vpc-1' });
  network.natGateways.set('nat-1', { id: 'nat-1', subnetId: 'subnet-public', connectivityType: 'public' });
  addRoute(network, 'rtb-private', '0.0.0.0/0', 'nat-1');
  addRoute(network, 'rtb-public', '0.0.0.0/0', 'igw-1');
  setEgress(network, https(to('0.0.0.0/0')));
  return network;
};

const edited = (edit: (network: Network) => void) => {
  const network = withNat();
  edit(network);
  return reachability(network, vpcConfig, service);
};

describe('a function reaches DynamoDB', () => {
  it('from outside a VPC', () => {
    const anywhere = { reachable: true, via: [{ kind: 'no-vpc', id: '' }] };
    expect(reachability(createNetwork(), undefined, service)).toEqual(anywhere);
    expect(reachability(createNetwork(), { subnetIds: [], securityGroupIds: [] }, service)).toEqual(anywhere);
  });

  it.each<[string, (network: Network) => void, object]>([
    ['over a NAT gateway', () => {}, viaNat],
    ['over the endpoint rather than the default route', (n) => addEndpoint(n, ['rtb-private']), viaEndpoint],
    [
      'over the endpoint with no other route',
      (n) => {
        addEndpoint(n, ['rtb-private']);
        removeRoute(n, 'rtb-private');
      },
      viaEndpoint,
    ],
    [
      'over the main route table',
      (n) => {
        setSubnet(n, 'subnet-a');
        setSubnet(n, 'subnet-b');
        addEndpoint(n, ['rtb-main']);
      },
      viaEndpoint,
    ],
    ["over the endpoint of the NAT gateway's own subnet", (n) => addEndpoint(n, ['rtb-public']), viaEndpoint],
    [
      'whatever the endpoint of another service',
      (n) => addEndpoint(n, ['rtb-private'], 'com.amazonaws.eu-central-1.s3'),
      viaNat,
    ],
    [
      'over two halves of a default route',
      (n) => {
        removeRoute(n, 'rtb-private');
        addRoute(n, 'rtb-private', '0.0.0.0/1', 'nat-1');
        addRoute(n, 'rtb-private', '128.0.0.0/1', 'nat-1');
      },
      viaNat,
    ],
    [
      'past a default route that longer prefixes shadow',
      (n) => {
        addRoute(n, 'rtb-private', '0.0.0.0/0', 'igw-1');
        addRoute(n, 'rtb-private', '0.0.0.0/1', 'nat-1');
        addRoute(n, 'rtb-private', '128.0.0.0/1', 'nat-1');
      },
      viaNat,
    ],
    ['whatever the routes to private addresses', (n) => addRoute(n, 'rtb-private', '172.16.0.0/12', 'nat-gone'), viaNat],
    ['with all protocols allowed', (n) => setEgress(n, { ipProtocol: '-1', peer: to('0.0.0.0/0') }), viaNat],
    [
      'with a range of ports',
      (n) => setEgress(n, { ipProtocol: 'tcp', fromPort: 0, toPort: 65535, peer: to('0.0.0.0/0') }),
      viaNat,
    ],
    ['with blocks that add up to all', (n) => setEgress(n, https(to('0.0.0.0/1')), https(to('128.0.0.0/1'))), viaNat],
    ['with its prefix list', (n) => setEgress(n, https({ kind: 'prefix-list', prefixListId: 'pl-66a5400f' })), viaNat],
  ])('%s', (_, edit, expected) => {
    expect(edited(edit)).toEqual(expected);
  });

  it('if one of two security groups allows it', () => {
    const network = withNat();
    network.securityGroups.set('sg-2', { id: 'sg-2', vpcId: 'vpc-1', groupName: 'closed', ingress: [], egress: [] });
    const both = { ...vpcConfig, securityGroupIds: ['sg-2', 'sg-1'] };
    expect(reachability(network, both, service)).toEqual(viaNat);
    expect(reachability(network, { ...both, securityGroupIds: ['sg-2'] }, service).reachable).toBe(false);
  });

  it('over every way that its subnets have', () => {
    const network = withNat();
    network.routeTables.set('rtb-other', { id: 'rtb-other', vpcId: 'vpc-1', routes: new Map() });
    setSubnet(network, 'subnet-b', 'rtb-other');
    addEndpoint(network, ['rtb-other']);
    expect(reachability(network, vpcConfig, service)).toEqual({
      reachable: true,
      via: [...viaNat.via, ...viaEndpoint.via],
    });
  });

  it('with any prefix list in a region whose own is not known', () => {
    const network = withNat();
    setEgress(network, https({ kind: 'prefix-list', prefixListId: 'pl-00000000' }));
    expect(reachability(network, vpcConfig, { name: 'dynamodb', region: 'xx-north-1' })).toEqual(viaNat);
  });
});

const remedy = 'add rtb-private to the RouteTableIds of a gateway endpoint for com.amazonaws.eu-central-1.dynamodb';
const lost = 'subnet-a has no path to dynamodb: its route table rtb-private';
const closed = 'no egress rule of sg-1 allows tcp 443 to pl-66a5400f or to 0.0.0.0/0; add an egress rule to either';
const unrouted = `${lost} has neither a gateway endpoint for com.amazonaws.eu-central-1.dynamodb nor routes to all public addresses; ${remedy}, or route 0.0.0.0/0 to a NAT gateway`;

describe('a function does not reach DynamoDB', () => {
  it.each<[string, (network: Network) => void, string]>([
    ['without a route', (n) => removeRoute(n, 'rtb-private'), unrouted],
    [
      'with routes to part of the public addresses',
      (n) => {
        removeRoute(n, 'rtb-private');
        addRoute(n, 'rtb-private', '0.0.0.0/1', 'nat-1');
      },
      unrouted,
    ],
    [
      'over the endpoint of another region',
      (n) => {
        removeRoute(n, 'rtb-private');
        addEndpoint(n, ['rtb-private'], 'com.amazonaws.eu-west-1.dynamodb');
      },
      unrouted,
    ],
    [
      'over the endpoint of another route table',
      (n) => {
        removeRoute(n, 'rtb-private');
        addEndpoint(n, ['rtb-main']);
      },
      unrouted,
    ],
    [
      'if one subnet has no route',
      (n) => setSubnet(n, 'subnet-b', 'rtb-main'),
      unrouted.replaceAll('rtb-private', 'rtb-main').replace('subnet-a', 'subnet-b'),
    ],
    [
      'over an internet gateway',
      (n) => addRoute(n, 'rtb-private', '0.0.0.0/0', 'igw-1'),
      `${lost} routes 0.0.0.0/0 to igw-1, but a function has no public address; route it to a NAT gateway instead, or ${remedy}`,
    ],
    [
      'where a longer prefix leads to an internet gateway',
      (n) => addRoute(n, 'rtb-private', '52.0.0.0/8', 'igw-1'),
      `${lost} routes 52.0.0.0/8 to igw-1, but a function has no public address; route it to a NAT gateway instead, or ${remedy}`,
    ],
    [
      'over a NAT gateway that is gone',
      (n) => n.natGateways.delete('nat-1'),
      `${lost} routes 0.0.0.0/0 to nat-1, which does not exist; route it to a NAT gateway that does, or ${remedy}`,
    ],
    [
      'over a private NAT gateway',
      (n) => n.natGateways.set('nat-1', { id: 'nat-1', subnetId: 'subnet-public', connectivityType: 'private' }),
      `${lost} routes 0.0.0.0/0 to nat-1, a private NAT gateway, which does not reach the internet; set its ConnectivityType to public, or ${remedy}`,
    ],
    [
      'over a NAT gateway in a subnet without a route',
      (n) => removeRoute(n, 'rtb-public'),
      `${lost} routes 0.0.0.0/0 to nat-1, but the route table rtb-public of its subnet subnet-public has no route to an internet gateway; route 0.0.0.0/0 there to an internet gateway attached to vpc-1, or ${remedy}`,
    ],
    [
      'over a NAT gateway that leads to itself',
      (n) => setSubnet(n, 'subnet-public', 'rtb-private'),
      `${lost} routes 0.0.0.0/0 to nat-1, but the route table rtb-private of its subnet subnet-public routes 0.0.0.0/0 to nat-1, which is not an internet gateway attached to vpc-1; route 0.0.0.0/0 there to an internet gateway attached to vpc-1, or ${remedy}`,
    ],
    [
      'over an internet gateway that is not attached',
      (n) => n.internetGateways.set('igw-1', { id: 'igw-1', vpcId: 'vpc-2' }),
      `${lost} routes 0.0.0.0/0 to nat-1, but the route table rtb-public of its subnet subnet-public routes 0.0.0.0/0 to igw-1, which is not an internet gateway attached to vpc-1; route 0.0.0.0/0 there to an internet gateway attached to vpc-1, or ${remedy}`,
    ],
    [
      'if names do not resolve',
      (n) => {
        const vpc = n.vpcs.get('vpc-1');
        if (vpc) n.vpcs.set('vpc-1', { ...vpc, enableDnsSupport: false });
      },
      'DNS support of vpc-1 is off, so dynamodb.eu-central-1.amazonaws.com does not resolve; set EnableDnsSupport to true',
    ],
    ['with no egress', (n) => setEgress(n), closed],
    ['with egress by UDP', (n) => setEgress(n, { ...https(to('0.0.0.0/0')), ipProtocol: 'udp' }), closed],
    ['with egress to another port', (n) => setEgress(n, { ...https(to('0.0.0.0/0')), fromPort: 444, toPort: 444 }), closed],
    ['with egress to the VPC only', (n) => setEgress(n, https(to('10.0.0.0/16'))), closed],
    ['with egress to half of the addresses', (n) => setEgress(n, https(to('0.0.0.0/1'))), closed],
    ['with egress to a security group', (n) => setEgress(n, https({ kind: 'security-group', groupId: 'sg-1' })), closed],
    ['with egress by IPv6', (n) => setEgress(n, https({ kind: 'cidr-ipv6', cidrIpv6: '::/0' })), closed],
    [
      "with egress to another region's prefix list",
      (n) => setEgress(n, https({ kind: 'prefix-list', prefixListId: 'pl-02cd2c6b' })),
      closed,
    ],
  ])('%s', (_, edit, reason) => {
    expect(edited(edit)).toEqual({ reachable: false, reason });
  });

  it('from a subnet that is not there', () => {
    const config = { subnetIds: ['subnet-x'], securityGroupIds: ['sg-1'] };
    expect(() => reachability(withNat(), config, service)).toThrow('there is no subnet subnet-x in this stack');
  });
});
