import { type Entity, entities } from '../contract/entities.ts';
import { type Operation, operations } from '../contract/operations.ts';
import { getAtt, type Properties, ref, sub, when } from './cloudformation.ts';
import { commented } from './comment.ts';
import type { Group } from './group.ts';
import { indexArns, roleId } from './operation.ts';
import { policyDocument } from './policies.ts';
import { tableId } from './table.ts';
import { namedTags } from './tags.ts';

/** Returns the egress of the functions from the VPC: the gateway endpoint of DynamoDB and their security group. */
export const egress = (): Group => ({
  heading: 'Egress of the functions: DynamoDB through a gateway endpoint, everything else through NAT',
  text: 'The endpoint allows the actions of the functions on their table, to their roles, and nothing else.',
  resources: {
    DynamoDbEndpoint: {
      Type: 'AWS::EC2::VPCEndpoint',
      Properties: {
        VpcEndpointType: 'Gateway',
        VpcId: ref('Vpc'),
        ServiceName: sub('com.amazonaws.${AWS::Region}.dynamodb'),
        RouteTableIds: [ref('PrivateRouteTable1'), ref('PrivateRouteTable2')],
        PolicyDocument: policyDocument(...entities.flatMap(accessTo)),
        Tags: namedTags('dynamodb'),
      },
    },
    LambdaSecurityGroup: commented(
      `No ingress. Lambda needs the role of a function to delete its network interfaces, and the group cannot be deleted while they exist. DependsOn makes CloudFormation delete the group before the roles.`,
      {
        Type: 'AWS::EC2::SecurityGroup',
        DependsOn: operations.map(roleId),
        Properties: {
          VpcId: ref('Vpc'),
          GroupDescription: 'Functions of the Items API: no ingress, egress over HTTPS',
          SecurityGroupEgress: [
            {
              Description: 'HTTPS, to DynamoDB alone if DynamoDbPrefixListId is set',
              IpProtocol: 'tcp',
              FromPort: 443,
              ToPort: 443,
              CidrIp: when('HasPrefixList', ref('AWS::NoValue'), '0.0.0.0/0'),
              DestinationPrefixListId: when('HasPrefixList', ref('DynamoDbPrefixListId')),
            },
          ],
          Tags: namedTags('lambda'),
        },
      },
    ),
  },
});

/** Returns the statements of the endpoint policy for the table of an entity and for its indexes. */
const accessTo = (entity: Entity): Properties[] => {
  const own = operations.filter((operation) => operation.entity === entity);
  const allow = (actions: readonly string[], Resource: Properties, users: readonly Operation[]): Properties => ({
    Effect: 'Allow',
    Principal: '*',
    Action: [...new Set(actions)],
    Resource,
    Condition: { ArnEquals: { 'aws:PrincipalArn': users.map((operation) => getAtt(roleId(operation), 'Arn')) } },
  });
  const looking = own.filter(({ indexActions }) => indexActions !== undefined);
  return [
    allow(
      own.flatMap(({ actions }) => actions),
      getAtt(tableId(entity), 'Arn'),
      own,
    ),
    ...(looking.length > 0
      ? [
          allow(
            looking.flatMap(({ indexActions = [] }) => indexActions),
            indexArns(entity),
            looking,
          ),
        ]
      : []),
  ];
};
