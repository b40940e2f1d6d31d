import { conditional, getAtt, type Properties, type Resource, type Resources, ref, when } from './cloudformation.ts';
import { commented } from './comment.ts';
import type { Group } from './group.ts';
import { namedTags, tags } from './tags.ts';

/** The numbers of the two Availability Zones, as in logical ids and parameters. */
export const zones = [1, 2] as const;

/** Returns the VPC. Each of two Availability Zones has a public subnet for NAT and a private subnet for the functions. */
export const network = (): Group => ({
  heading: 'Network: two Availability Zones, each with a public subnet for NAT and a private subnet for the functions',
  text: `DependsOn orders deletion: first the NAT gateways, then the route and the addresses, then the attachment.`,
  resources: {
    Vpc: {
      Type: 'AWS::EC2::VPC',
      Properties: {
        CidrBlock: ref('VpcCidr'),
        EnableDnsSupport: true,
        EnableDnsHostnames: true,
        Tags: namedTags('vpc'),
      },
    },
    InternetGateway: { Type: 'AWS::EC2::InternetGateway', Properties: { Tags: tags } },
    InternetGatewayAttachment: {
      Type: 'AWS::EC2::VPCGatewayAttachment',
      Properties: { VpcId: ref('Vpc'), InternetGatewayId: ref('InternetGateway') },
    },
    PublicRouteTable: routeTable('public'),
    PublicDefaultRoute: {
      Type: 'AWS::EC2::Route',
      DependsOn: ['InternetGatewayAttachment'],
      Properties: {
        RouteTableId: ref('PublicRouteTable'),
        DestinationCidrBlock: '0.0.0.0/0',
        GatewayId: ref('InternetGateway'),
      },
    },
    ...Object.assign({}, ...zones.map(zone)),
    PrivateDefaultRoute1: privateDefaultRoute(1, ref('NatGateway1')),
    PrivateDefaultRoute2: commented(
      'With one NAT gateway, both zones use it.',
      privateDefaultRoute(2, when('HasTwoNatGateways', ref('NatGateway2'), ref('NatGateway1'))),
    ),
  },
});

const zone = (number: (typeof zones)[number]): Resources => ({
  [`PublicSubnet${number}`]: subnet('Public', number),
  [`PublicSubnet${number}RouteTableAssociation`]: association(`PublicSubnet${number}`, 'PublicRouteTable'),
  [`PrivateRouteTable${number}`]: routeTable(`private-${number}`),
  [`PrivateSubnet${number}`]: subnet('Private', number),
  [`PrivateSubnet${number}RouteTableAssociation`]: association(`PrivateSubnet${number}`, `PrivateRouteTable${number}`),
  ...conditional(number === 1 ? 'HasNatGateway' : 'HasTwoNatGateways', {
    [`NatAddress${number}`]: {
      Type: 'AWS::EC2::EIP',
      DependsOn: ['InternetGatewayAttachment'],
      Properties: { Domain: 'vpc', Tags: namedTags(`nat-${number}`) },
    },
    [`NatGateway${number}`]: {
      Type: 'AWS::EC2::NatGateway',
      DependsOn: ['PublicDefaultRoute'],
      Properties: {
        SubnetId: ref(`PublicSubnet${number}`),
        AllocationId: getAtt(`NatAddress${number}`, 'AllocationId'),
        Tags: namedTags(`nat-${number}`),
      },
    },
  }),
});

const subnet = (kind: 'Public' | 'Private', number: number): Resource => ({
  Type: 'AWS::EC2::Subnet',
  Properties: {
    VpcId: ref('Vpc'),
    AvailabilityZone: when('NamesAvailabilityZones', ref(`AvailabilityZone${number}`), {
      'Fn::Select': [number - 1, { 'Fn::GetAZs': '' }],
    }),
    CidrBlock: ref(`${kind}Subnet${number}Cidr`),
    MapPublicIpOnLaunch: false,
    Tags: namedTags(`${kind.toLowerCase()}-${number}`),
  },
});

const routeTable = (name: string): Resource => ({
  Type: 'AWS::EC2::RouteTable',
  Properties: { VpcId: ref('Vpc'), Tags: namedTags(name) },
});

const association = (subnetId: string, routeTableId: string): Resource => ({
  Type: 'AWS::EC2::SubnetRouteTableAssociation',
  Properties: { SubnetId: ref(subnetId), RouteTableId: ref(routeTableId) },
});

const privateDefaultRoute = (number: number, natGatewayId: Properties): Resource => ({
  Type: 'AWS::EC2::Route',
  Condition: 'HasNatGateway',
  Properties: {
    RouteTableId: ref(`PrivateRouteTable${number}`),
    DestinationCidrBlock: '0.0.0.0/0',
    NatGatewayId: natGatewayId,
  },
});
