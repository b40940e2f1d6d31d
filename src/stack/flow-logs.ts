import { Fn, type Stack } from 'aws-cdk-lib';
import { CfnFlowLog, type CfnVPC } from 'aws-cdk-lib/aws-ec2';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { addLogGroup, type LogSettings } from './logs.ts';
import { ownAccount, policyDocument, trust } from './policies.ts';

/** Adds flow logs of all traffic of the VPC, in a log group and with a role of their own. */
export const addFlowLogs = (stack: Stack, settings: LogSettings, vpc: CfnVPC): void => {
  const logGroup = addLogGroup(stack, settings, 'Flow');
  const role = new CfnRole(stack, 'FlowLogRole', {
    assumeRolePolicyDocument: trust('vpc-flow-logs.amazonaws.com', {
      ...ownAccount,
      ArnLike: { 'aws:SourceArn': Fn.sub('arn:${AWS::Partition}:ec2:${AWS::Region}:${AWS::AccountId}:vpc-flow-log/*') },
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
