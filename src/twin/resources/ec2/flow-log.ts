import { LocalError } from '../../../cloudformation/errors.ts';
import { resourceId } from '../../../cloudformation/names.ts';
import { object, string, words } from '../../../cloudformation/shapes.ts';
import { lookUp } from '../../network/lookup.ts';
import type { ResourceType } from '../../resource.ts';
import { tagsSchema } from '../parts/tags.ts';

type Properties = {
  readonly ResourceId: string;
  readonly ResourceType: 'VPC' | 'Subnet';
  readonly DeliverLogsPermissionArn: string;
};

/** A flow log to CloudWatch Logs. Its references are verified. The twin sends no packets, so it records none. */
export const ec2FlowLog: ResourceType<Properties> = {
  type: 'AWS::EC2::FlowLog',
  schema: {
    ...object(
      {
        ResourceId: string,
        ResourceType: words(
          ['VPC', 'Subnet'],
          ['NetworkInterface', 'TransitGateway', 'TransitGatewayAttachment', 'RegionalNatGateway'],
        ),
        TrafficType: { enum: ['ACCEPT', 'REJECT', 'ALL'] },
        LogDestinationType: words(['cloud-watch-logs'], ['s3', 'kinesis-data-firehose']),
        LogGroupName: string,
        LogDestination: { type: 'string', pattern: '^arn:[\\w-]+:logs:[\\w-]+:\\d{12}:log-group:[^:]+(:\\*)?$' },
        DeliverLogsPermissionArn: string,
        MaxAggregationInterval: { type: 'integer', enum: [60, 600] },
        LogFormat: string,
        Tags: tagsSchema,
      },
      ['ResourceId', 'ResourceType', 'TrafficType', 'DeliverLogsPermissionArn'],
    ),
    oneOf: [{ required: ['LogGroupName'] }, { required: ['LogDestination'] }],
  },
  start: (properties, context) => {
    const { network, iam } = context.services;
    const { ResourceId: observed, ResourceType: kind, DeliverLogsPermissionArn: roleArn } = properties;
    if (kind === 'VPC') lookUp(network.vpcs, observed, 'ResourceId', 'VPC');
    else lookUp(network.subnets, observed, 'ResourceId', 'subnet');
    if (!iam.roles.has(roleArn)) {
      throw new LocalError(
        'UNRESOLVED_REFERENCE',
        `property DeliverLogsPermissionArn: there is no role ${roleArn} in this stack; declare one and refer to its Arn`,
      );
    }
    const id = resourceId('fl', context);
    return { ref: id, attributes: { Id: id } };
  },
};
