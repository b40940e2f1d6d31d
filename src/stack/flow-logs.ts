import { Aws, type Stack } from 'aws-cdk-lib';
import { CfnFlowLog, type CfnVPC } from 'aws-cdk-lib/aws-ec2';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { addLogGroup } from './logs.ts';
import type { Parameters } from './parameters.ts';
import { policyDocument, trust } from './policies.ts';

/** Adds flow logs of all traffic of the VPC, in a log group and with a role of their own. */
export const addFlowLogs = (stack: Stack, parameters: Parameters, vpc: CfnVPC): void => {
  const logGroup = addLogGroup(stack, parameters, 'FlowLogGroup', '/aws/vpc/${AWS::StackName}/flow-logs');
  const role = new CfnRole(stack, 'FlowLogRole', {
    description: 'VPC flow logs write to their log group',
    assumeRolePolicyDocument: trust('vpc-flow-logs.amazonaws.com', {
      StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID },
    }),
    policies: [
      {
        policyName: 'WriteFlowLogs',
        policyDocument: policyDocument({
          Effect: 'Allow',
          Action: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
          Resource: logGroup.attrArn,
        }),
      },
    ],
  });
  new CfnFlowLog(stack, 'FlowLog', {
    resourceType: 'VPC',
    resourceId: vpc.ref,
    trafficType: 'ALL',
    logDestinationType: 'cloud-watch-logs',
    logGroupName: logGroup.ref,
    deliverLogsPermissionArn: role.attrArn,
  });
};
