import { describe, expect, it } from 'vitest';
import { formatCidr } from '../../../src/cloudformation/intrinsics/address-block.ts';
import { startTemplate } from './support.ts';

const vpc = '  Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16 } }\n';
const gateway = `
  Gateway: { Type: AWS::EC2::InternetGateway }
  Attachment: { Type: AWS::EC2::VPCGatewayAttachment, Properties: { VpcId: !Ref Vpc, InternetGatewayId: !Ref Gateway } }
`;
const table = '  Table: { Type: AWS::EC2::RouteTable, Properties: { VpcId: !Ref Vpc } }\n';
const subnet = (name: string, cidr: string, more = '') =>
  `  ${name}: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: ${cidr}${more} } }\n`;
const whole = `${vpc}${gateway}${table}${subnet('Public', '10.0.1.0/24')}
  Address: { Type: AWS::EC2::EIP, DependsOn: Attachment, Properties: { Domain: vpc } }
  Nat: { Type: AWS::EC2::NatGateway, DependsOn: Attachment, Properties: { SubnetId: !Ref Public, AllocationId: !GetAtt Address.AllocationId } }
  Association: { Type: AWS::EC2::SubnetRouteTableAssociation, Properties: { SubnetId: !Ref Public, RouteTableId: !Ref Table } }
  Route:
    Type: AWS::EC2::Route
    DependsOn: Attachment
    Properties: { RouteTableId: !Ref Table, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref Gateway }
  Endpoint:
    Type: AWS::EC2::VPCEndpoint
    Properties: { VpcId: !Ref Vpc, ServiceName: !Sub 'com.amazonaws.\${AWS::Region}.dynamodb', RouteTableIds: [!Ref Table] }
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: Functions
      VpcId: !Ref Vpc
      SecurityGroupEgress: [{ IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 0.0.0.0/0, Description: HTTPS }]
`;

describe('a network', () => {
  it('keeps what it is made of, under the ids that AWS would give', async () => {
    const { running, network } = await startTemplate(whole);
    const [one] = network.subnets.values();
    const [nat] = network.natGateways.values();
    const [internetGateway] = network.internetGateways.values();
    expect(one).toMatchObject({ availabilityZone: 'us-east-1a' });
    const routeTable = network.routeTables.get(one?.routeTableId ?? '');
    expect(routeTable?.routes.get('0.0.0.0/0')?.target).toEqual({ kind: 'internet-gateway', id: internetGateway?.id });
    expect(nat).toMatchObject({ subnetId: one?.id, connectivityType: 'public' });
    expect([...network.vpcEndpoints.values()][0]?.routeTableIds).toEqual([routeTable?.id]);
    const group = [...network.securityGroups.values()].find(({ groupName }) => groupName !== 'default');
    expect(group?.groupName).toMatch(/^items-dev-Group-[A-Z0-9]{12}$/);
    expect(group?.egress).toMatchObject([{ ipProtocol: 'tcp', fromPort: 443, toPort: 443, peer: { kind: 'cidr-ip' } }]);
    for (const [prefix, items] of Object.entries({ vpc: network.vpcs, subnet: network.subnets, nat: network.natGateways })) {
      for (const id of items.keys()) expect(id).toMatch(new RegExp(`^${prefix}-[0-9a-f]{17}$`));
    }
    await running.stop();
    for (const items of Object.values(network)) expect(items.size).toBe(0);
  });

  it('has the same ids at every start', async () => {
    const ids = async () => [...(await startTemplate(whole)).network.subnets.keys()];
    expect(await ids()).toEqual(await ids());
  });

  it('clears the host bits of blocks', async () => {
    const { network } = await startTemplate(vpc.replace('10.0.0.0', '10.0.3.4'));
    expect([...network.vpcs.values()].map((item) => formatCidr(item.cidr))).toEqual(['10.0.0.0/16']);
  });
});

describe('what EC2 rejects', () => {
  const route = (properties: string, more = '') =>
    `  Route: { Type: AWS::EC2::Route, ${more} Properties: { RouteTableId: !Ref Table, DestinationCidrBlock: 0.0.0.0/0, ${properties} } }\n`;
  const group = (rule: string) => `${vpc}  Group:
    Type: AWS::EC2::SecurityGroup
    Properties: { GroupDescription: x, VpcId: !Ref Vpc, SecurityGroupEgress: [${rule}] }\n`;

  it.each([
    [
      vpc.replace('/16', '/8'),
      'Vpc (AWS::EC2::VPC): property CidrBlock must be an IPv4 block with a mask of /16 to /28, not 10.0.0.0/8',
    ],
    [
      vpc + subnet('A', '10.1.0.0/24'),
      'A (AWS::EC2::Subnet): property CidrBlock must lie in the block of its VPC, 10.0.0.0/16',
    ],
    [
      vpc + subnet('A', '10.0.1.0/24') + subnet('B', '10.0.1.128/25'),
      'B (AWS::EC2::Subnet): property CidrBlock 10.0.1.128/25 overlaps',
    ],
    [vpc + subnet('A', '10.0.1.0/29'), 'must be an IPv4 block with a mask of /16 to /28'],
    [
      vpc + subnet('A', '10.0.1.0/24', ', AvailabilityZone: eu-west-1a'),
      'property AvailabilityZone must be a zone of us-east-1',
    ],
    [
      '  A: { Type: AWS::EC2::RouteTable, Properties: { VpcId: vpc-12345678 } }\n',
      'property VpcId: there is no VPC vpc-12345678',
    ],
    [
      `${vpc + table + route('GatewayId: !Ref Gateway')}  Gateway: { Type: AWS::EC2::InternetGateway }\n`,
      'is not attached to vpc-',
    ],
    [
      vpc + table + gateway + route('GatewayId: !Ref Gateway, NatGatewayId: x'),
      'must have only one of GatewayId and NatGatewayId',
    ],
    [vpc + table + route(''), 'Route (AWS::EC2::Route): must have GatewayId or NatGatewayId'],
    [
      `${vpc + subnet('A', '10.0.1.0/24')}  Nat: { Type: AWS::EC2::NatGateway, Properties: { SubnetId: !Ref A } }\n`,
      'property AllocationId is missing',
    ],
    [
      `${vpc + subnet('A', '10.0.1.0/24')}  Eip: { Type: AWS::EC2::EIP }
  Nat: { Type: AWS::EC2::NatGateway, Properties: { SubnetId: !Ref A, AllocationId: !GetAtt Eip.AllocationId } }\n`,
      'has no internet gateway attached; attach one, and let this resource depend on the attachment with DependsOn',
    ],
    [
      `${vpc}  E: { Type: AWS::EC2::VPCEndpoint, Properties: { VpcId: !Ref Vpc, ServiceName: com.amazonaws.us-east-1.sqs } }\n`,
      'property ServiceName must be com.amazonaws.us-east-1.dynamodb or com.amazonaws.us-east-1.s3',
    ],
    [
      `${vpc}  E: { Type: AWS::EC2::VPCEndpoint, Properties: { VpcId: !Ref Vpc, ServiceName: com.amazonaws.us-east-1.s3express } }\n`,
      'property ServiceName is com.amazonaws.us-east-1.s3express, which the local twin does not support; it supports',
    ],
    [
      vpc + subnet('A', '10.0.1.0/24', ', AvailabilityZone: us-east-1-bos-1a'),
      'property AvailabilityZone is us-east-1-bos-1a, a Local Zone, which the local twin does not support',
    ],
    [group('{ IpProtocol: tcp, CidrIp: 0.0.0.0/0 }'), 'property SecurityGroupEgress.0 needs FromPort and ToPort'],
    [group('{ IpProtocol: -1, CidrIp: 0.0.0.0/33 }'), 'property SecurityGroupEgress.0.CidrIp must be an IPv4 block'],
    [
      group('{ IpProtocol: -1, CidrIp: 0.0.0.0/0, CidrIpv6: "::/0" }'),
      'property SecurityGroupEgress.0 must have only one of CidrIp and',
    ],
    [group('{ IpProtocol: ipx, CidrIp: 0.0.0.0/0 }'), 'property SecurityGroupEgress.0.IpProtocol must be tcp, udp'],
  ])('%#', async (resources, message) => {
    await expect(startTemplate(resources)).rejects.toThrow(message);
  });
});
