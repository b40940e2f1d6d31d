import { code, create, type Mutation } from './mutation.ts';

/** The function waits for DynamoDB until its own deadline, a second before Lambda's. */
const hangs = (reason: RegExp): Omit<Mutation, 'what'> => ({
  warning: new RegExp(`items-local-CreateItem.* cannot reach DynamoDB; calls to it will time out: ${reason.source}`),
  requests: [create(503, /store-unavailable/)],
});
const soon = { 'CreateItemFunction|Properties|Timeout': 2 };
const natOnly = { DynamoDbEndpoint: null };
const noNat = { NatGateways: 'None' };
const egress = 'LambdaSecurityGroup|Properties|SecurityGroupEgress';
const https = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, Description: 'HTTPS' };

export const network: readonly Mutation[] = [
  {
    what: 'the NAT gateway as the only way, which works for a role that does not ask for the VPC',
    edit: { ...natOnly, 'CreateItemRole|Properties|Policies|0|PolicyDocument|Statement|0|Condition': null },
    requests: [create(201)],
  },
  {
    what: 'the NAT gateway as the only way, over which a request does not come from the VPC',
    edit: natOnly,
    requests: [create(500, /internal-error/)],
    log: /is not authorized to perform: dynamodb:PutItem .* because no identity-based policy allows/,
  },
  {
    what: 'no way out, and code that waits for ever: Lambda ends it',
    edit: {
      ...natOnly,
      'CreateItemFunction|Properties|Timeout': 1,
      [code('CreateItem')]:
        'exports.lambda_handler = () => new Promise((resolve) => require("node:http").get(process.env.AWS_ENDPOINT_URL_DYNAMODB, resolve))',
    },
    parameters: noNat,
    ...hangs(/./),
    requests: [create(502, /server-error/)],
    log: /"status":"timeout"/,
  },
  {
    what: 'no endpoint and no NAT gateway',
    edit: { ...soon, ...natOnly },
    parameters: noNat,
    ...hangs(
      /PrivateSubnet[12] \(subnet-\w+\) has no path to dynamodb: its route table PrivateRouteTable[12] \(rtb-\w+\) has neither a gateway endpoint for com\.amazonaws\.us-east-1\.dynamodb nor routes/,
    ),
  },
  {
    what: 'an endpoint on the route table of one zone only',
    edit: { ...soon, 'DynamoDbEndpoint|Properties|RouteTableIds': [{ Ref: 'PrivateRouteTable1' }] },
    parameters: noNat,
    ...hangs(
      /PrivateSubnet[12] \(subnet-\w+\) has no path to dynamodb: .* add PrivateRouteTable2 \(rtb-\w+\) to the RouteTableIds of a gateway endpoint/,
    ),
  },
  {
    what: 'egress to the VPC only',
    edit: { ...soon, [egress]: [{ ...https, CidrIp: '10.0.0.0/16' }] },
    ...hangs(
      /no egress rule of LambdaSecurityGroup \(sg-\w+\) allows tcp 443 to pl-02cd2c6b or to 0\.0\.0\.0\/0; add an egress rule to either/,
    ),
  },
  {
    what: 'egress on another port',
    edit: { ...soon, [egress]: [{ ...https, FromPort: 80, ToPort: 80, CidrIp: '0.0.0.0/0' }] },
    ...hangs(/no egress rule/),
  },
  {
    what: 'egress by UDP',
    edit: { ...soon, [egress]: [{ ...https, IpProtocol: 'udp', CidrIp: '0.0.0.0/0' }] },
    ...hangs(/no egress rule/),
  },
  {
    what: "egress to another region's prefix list",
    edit: soon,
    parameters: { DynamoDbPrefixListId: 'pl-4ca54025' },
    ...hangs(/no egress rule/),
  },
  {
    what: 'a NAT gateway in a private subnet',
    edit: { ...soon, ...natOnly, 'NatGateway1|Properties|SubnetId': { Ref: 'PrivateSubnet1' } },
    ...hangs(
      /.*but the route table PrivateRouteTable1 \(rtb-\w+\) of its subnet|.*routes 0\.0\.0\.0\/0 to NatGateway1 \(nat-\w+\)/,
    ),
  },
  {
    what: 'no route from the public subnet to the internet gateway',
    edit: { ...soon, ...natOnly, PublicDefaultRoute: null, 'NatGateway1|DependsOn': null },
    ...hangs(/.*has no route to an internet gateway/),
  },
  {
    what: 'an internet gateway where a NAT gateway should be',
    edit: {
      ...natOnly,
      'PrivateDefaultRoute1|Properties': {
        RouteTableId: { Ref: 'PrivateRouteTable1' },
        DestinationCidrBlock: '0.0.0.0/0',
        GatewayId: { Ref: 'InternetGateway' },
      },
    },
    ...hangs(/.*a function has no public address; route it to a NAT gateway/),
  },
  {
    what: 'no DNS in the VPC',
    edit: { ...soon, 'Vpc|Properties|EnableDnsSupport': false, 'Vpc|Properties|EnableDnsHostnames': false },
    ...hangs(/DNS support of Vpc \(vpc-\w+\) is off/),
  },
  {
    what: 'subnets without a security group',
    edit: { 'CreateItemFunction|Properties|VpcConfig|SecurityGroupIds': [] },
    rejected: { code: 'INVALID_PROPERTY', message: /CreateItemFunction.*VpcConfig needs SubnetIds and SecurityGroupIds/ },
  },
  {
    what: 'a security group of another VPC',
    edit: {
      OtherVpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.1.0.0/16' } },
      'CreateItemFunction|Properties|VpcConfig|SecurityGroupIds': [{ 'Fn::GetAtt': ['OtherVpc', 'DefaultSecurityGroup'] }],
    },
    rejected: {
      code: 'INVALID_PROPERTY',
      message:
        /CreateItemFunction.*VpcConfig names subnet-\w+ in vpc-\w+, but sg-\w+ in vpc-\w+.*required to be in the same VPC/,
    },
  },
];
