import { describe, expect, it } from 'vitest';
import { entities } from '../../src/contract/entities.ts';
import { type Operation, operations } from '../../src/contract/operations.ts';
import { arn, idsOf, noValue, ofType, type PolicyDocument, properties, ref, resource } from './built.ts';

describe('the network', () => {
  it('has two zones with a public and a private subnet each, at the addresses of the parameters', () => {
    expect(properties('Vpc')).toMatchObject({
      CidrBlock: ref('VpcCidr'),
      EnableDnsSupport: true,
      EnableDnsHostnames: true,
    });
    const zone = (number: number) => ({
      'Fn::If': [
        'NamesAvailabilityZones',
        ref(`AvailabilityZone${number}`),
        { 'Fn::Select': [number - 1, { 'Fn::GetAZs': '' }] },
      ],
    });
    expect(
      ofType('AWS::EC2::Subnet').map(([id, { Properties }]) => [
        id,
        Properties.CidrBlock,
        Properties.AvailabilityZone,
        Properties.MapPublicIpOnLaunch,
      ]),
    ).toEqual(
      [1, 2].flatMap((number) =>
        ['Public', 'Private'].map((kind) => [
          `${kind}Subnet${number}`,
          ref(`${kind}Subnet${number}Cidr`),
          zone(number),
          false,
        ]),
      ),
    );
  });

  it('routes public subnets to the internet, and private ones through NAT if there is any', () => {
    expect(properties('PublicDefaultRoute')).toEqual({
      RouteTableId: ref('PublicRouteTable'),
      DestinationCidrBlock: '0.0.0.0/0',
      GatewayId: ref('InternetGateway'),
    });
    const second = { 'Fn::If': ['HasTwoNatGateways', ref('NatGateway2'), ref('NatGateway1')] };
    for (const [number, NatGatewayId] of [
      [1, ref('NatGateway1')],
      [2, second],
    ] as const) {
      expect(resource(`PrivateDefaultRoute${number}`)).toEqual({
        Type: 'AWS::EC2::Route',
        Condition: 'HasNatGateway',
        Properties: { RouteTableId: ref(`PrivateRouteTable${number}`), DestinationCidrBlock: '0.0.0.0/0', NatGatewayId },
      });
    }
    const tables = ofType('AWS::EC2::SubnetRouteTableAssociation').map(([, { Properties }]) => [
      Properties.SubnetId,
      Properties.RouteTableId,
    ]);
    expect(tables).toEqual([
      [ref('PublicSubnet1'), ref('PublicRouteTable')],
      [ref('PrivateSubnet1'), ref('PrivateRouteTable1')],
      [ref('PublicSubnet2'), ref('PublicRouteTable')],
      [ref('PrivateSubnet2'), ref('PrivateRouteTable2')],
    ]);
  });

  it('has NAT gateways in public subnets, as many as the parameter says', () => {
    for (const [number, Condition] of [
      [1, 'HasNatGateway'],
      [2, 'HasTwoNatGateways'],
    ] as const) {
      expect(resource(`NatGateway${number}`)).toMatchObject({
        Condition,
        Properties: {
          SubnetId: ref(`PublicSubnet${number}`),
          AllocationId: { 'Fn::GetAtt': [`NatAddress${number}`, 'AllocationId'] },
        },
      });
      expect(resource(`NatAddress${number}`)).toMatchObject({ Condition, Properties: { Domain: 'vpc' } });
    }
  });

  it('deletes NAT gateways before the route and the attachment that they need', () => {
    for (const number of [1, 2]) {
      expect(resource(`NatGateway${number}`).DependsOn).toEqual(['PublicDefaultRoute']);
      expect(resource(`NatAddress${number}`).DependsOn).toEqual(['InternetGatewayAttachment']);
    }
    expect(resource('PublicDefaultRoute').DependsOn).toEqual(['InternetGatewayAttachment']);
  });

  it('lets functions out on 443 only, and no one in', () => {
    expect(properties('LambdaSecurityGroup')).not.toHaveProperty('SecurityGroupIngress');
    expect(properties('LambdaSecurityGroup').SecurityGroupEgress).toEqual([
      {
        IpProtocol: 'tcp',
        FromPort: 443,
        ToPort: 443,
        CidrIp: { 'Fn::If': ['HasPrefixList', noValue, '0.0.0.0/0'] },
        DestinationPrefixListId: { 'Fn::If': ['HasPrefixList', ref('DynamoDbPrefixListId'), noValue] },
        Description: expect.any(String),
      },
    ]);
  });

  it('allows through the endpoint the actions of the functions on their table and its indexes, to their roles, and nothing else', () => {
    const { PolicyDocument, RouteTableIds } = properties<{ PolicyDocument: PolicyDocument; RouteTableIds: object[] }>(
      'DynamoDbEndpoint',
    );
    const allow = (actions: readonly string[], resource: object, users: readonly Operation[]) => ({
      Effect: 'Allow',
      Principal: '*',
      Action: [...new Set(actions)],
      Resource: resource,
      Condition: { ArnEquals: { 'aws:PrincipalArn': users.map(({ name }) => arn(`${name}Role`)) } },
    });
    expect(PolicyDocument.Statement).toEqual(
      entities.flatMap((entity) => {
        const { table } = idsOf(entity);
        const own = operations.filter((operation) => operation.entity === entity);
        const actions = own.flatMap((operation) => operation.actions);
        const looking = own.filter(({ indexActions }) => indexActions !== undefined);
        const indexActions = looking.flatMap((operation) => operation.indexActions ?? []);
        const indexes = { 'Fn::Sub': `\${${table}.Arn}/index/*` };
        return [allow(actions, arn(table), own), ...(looking.length > 0 ? [allow(indexActions, indexes, looking)] : [])];
      }),
    );
    expect(RouteTableIds).toEqual([ref('PrivateRouteTable1'), ref('PrivateRouteTable2')]);
  });

  it('logs all traffic, with a role that can write that log only', () => {
    expect(properties('FlowLog')).toMatchObject({
      ResourceType: 'VPC',
      ResourceId: ref('Vpc'),
      TrafficType: 'ALL',
      LogGroupName: ref('FlowLogGroup'),
      DeliverLogsPermissionArn: arn('FlowLogRole'),
    });
    const { Policies } = properties<{ Policies: { PolicyDocument: PolicyDocument }[] }>('FlowLogRole');
    const statements = Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
    expect(statements.map(({ Effect, Resource }) => [Effect, Resource])).toEqual([['Allow', arn('FlowLogGroup')]]);
  });
});
