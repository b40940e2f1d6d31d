import { getAtt, ref, sub } from './cloudformation.ts';
import type { Group } from './group.ts';
import { logGroup } from './logs.ts';
import { ownAccount, serviceRole } from './policies.ts';
import { tags } from './tags.ts';

/** Returns flow logs of all traffic in the VPC, with their own log group and role. */
export const flowLogs = (): Group => ({
  heading: 'Flow logs: metadata of all traffic in the VPC',
  resources: {
    FlowLogGroup: logGroup(sub('items-api/${AWS::StackName}/Flow')),
    FlowLogRole: serviceRole(
      'vpc-flow-logs.amazonaws.com',
      {
        ...ownAccount,
        ArnLike: { 'aws:SourceArn': sub('arn:${AWS::Partition}:ec2:${AWS::Region}:${AWS::AccountId}:vpc-flow-log/*') },
      },
      {
        description: 'Writes the flow logs of the VPC',
        policies: {
          WriteFlowLogs: [
            {
              Effect: 'Allow',
              Action: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
              Resource: getAtt('FlowLogGroup', 'Arn'),
            },
          ],
        },
      },
    ),
    FlowLog: {
      Type: 'AWS::EC2::FlowLog',
      Properties: {
        ResourceType: 'VPC',
        ResourceId: ref('Vpc'),
        TrafficType: 'ALL',
        LogDestinationType: 'cloud-watch-logs',
        LogGroupName: ref('FlowLogGroup'),
        DeliverLogsPermissionArn: getAtt('FlowLogRole', 'Arn'),
        Tags: tags,
      },
    },
  },
});
