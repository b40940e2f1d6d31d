import { Fn, type Stack } from 'aws-cdk-lib';
import type { CfnTable } from 'aws-cdk-lib/aws-dynamodb';
import { CfnSecurityGroup, CfnVPCEndpoint } from 'aws-cdk-lib/aws-ec2';
import { operations } from '../contract/operations.ts';
import { comment } from './comment.ts';
import type { Conditions } from './conditions.ts';
import { nameTag } from './names.ts';
import type { Network } from './network.ts';
import type { Parameters } from './parameters.ts';
import { policyDocument } from './policies.ts';

/** Adds the gateway endpoint through which functions reach the table, and only the table. */
export const addTableEndpoint = (stack: Stack, network: Network, table: CfnTable): void => {
  const roles = operations.map(({ name }) => Fn.getAtt(`${name}Role`, 'Arn').toString());
  comment(
    new CfnVPCEndpoint(stack, 'DynamoDbEndpoint', {
      vpcEndpointType: 'Gateway',
      vpcId: network.vpc.ref,
      serviceName: Fn.sub('com.amazonaws.${AWS::Region}.dynamodb'),
      routeTableIds: network.zones.map(({ privateRouteTable }) => privateRouteTable.ref),
      policyDocument: policyDocument({
        Effect: 'Allow',
        Principal: '*',
        Action: [...new Set(operations.flatMap(({ actions }) => actions))],
        Resource: table.attrArn,
        Condition: { ArnEquals: { 'aws:PrincipalArn': roles } },
      }),
    }),
    "Traffic to DynamoDB stays in the AWS network and gets to this table only, and with the functions' roles only",
  );
};

/** Adds the security group of the functions: nothing in, HTTPS out. */
export const addSecurityGroup = (
  stack: Stack,
  network: Network,
  parameters: Parameters,
  conditions: Conditions,
): CfnSecurityGroup => {
  // A destination is either a range or a prefix list, and security groups cannot name DynamoDB without its list.
  const to = (withList: string, withoutList: string): string =>
    Fn.conditionIf(conditions.HasPrefixList.logicalId, withList, withoutList).toString();
  return new CfnSecurityGroup(stack, 'LambdaSecurityGroup', {
    // No name: a changed description replaces the group, and two cannot have one name.
    tags: nameTag('lambda'),
    groupDescription: 'Functions of the Items API: nothing in, HTTPS out',
    vpcId: network.vpc.ref,
    securityGroupEgress: [
      {
        ipProtocol: 'tcp',
        fromPort: 443,
        toPort: 443,
        cidrIp: to(Fn.ref('AWS::NoValue'), '0.0.0.0/0'),
        destinationPrefixListId: to(parameters.DynamoDbPrefixListId.valueAsString, Fn.ref('AWS::NoValue')),
        description: 'HTTPS, to DynamoDB alone where its prefix list is given',
      },
    ],
  });
};
