import { invalidProperty, LocalError } from '../errors.ts';
import { resourceId } from '../names.ts';
import { lookUp } from '../network/lookup.ts';
import type { ResourceType } from '../resource.ts';
import { tagsSchema } from './tags.ts';

type Properties = {
  readonly ResourceId: string;
  readonly ResourceType: 'VPC' | 'Subnet';
  readonly TrafficType: 'ACCEPT' | 'REJECT' | 'ALL';
  readonly LogGroupName?: string;
  readonly LogDestination?: string;
  readonly DeliverLogsPermissionArn: string;
};

/** A flow log to CloudWatch Logs. It is kept and checked; the twin moves no packets that it could record. */
export const ec2FlowLog: ResourceType<Properties> = {
  type: 'AWS::EC2::FlowLog',
  schema: {
    type: 'object',
    additionalProperties: false,
    required: ['ResourceId', 'ResourceType', 'TrafficType', 'DeliverLogsPermissionArn'],
    properties: {
      ResourceId: { type: 'string' },
      ResourceType: { enum: ['VPC', 'Subnet'] },
      TrafficType: { enum: ['ACCEPT', 'REJECT', 'ALL'] },
      LogDestinationType: { enum: ['cloud-watch-logs'] },
      LogGroupName: { type: 'string' },
      LogDestination: { type: 'string' },
      DeliverLogsPermissionArn: { type: 'string' },
      MaxAggregationInterval: { type: 'integer', enum: [60, 600] },
      LogFormat: { type: 'string' },
      Tags: tagsSchema,
    },
    oneOf: [{ required: ['LogGroupName'] }, { required: ['LogDestination'] }],
  },
  start: (properties, context) => {
    const { network, iam } = context.services;
    const {
      ResourceId: observed,
      ResourceType: kind,
      TrafficType: trafficType,
      DeliverLogsPermissionArn: roleArn,
    } = properties;
    if (kind === 'VPC') lookUp(network.vpcs, observed, 'ResourceId', 'VPC');
    else lookUp(network.subnets, observed, 'ResourceId', 'subnet');
    if (!iam.roles.has(roleArn)) {
      throw new LocalError(
        'UNRESOLVED_REFERENCE',
        `property DeliverLogsPermissionArn: there is no role ${roleArn} in this stack; declare one and refer to its Arn`,
      );
    }
    const id = resourceId('fl', context);
    network.flowLogs.set(id, { id, resourceId: observed, trafficType, logGroupName: logGroupName(properties) });
    return {
      ref: id,
      attributes: { Id: id },
      stop: () => {
        network.flowLogs.delete(id);
      },
    };
  },
};

const logGroupName = ({ LogGroupName, LogDestination = '' }: Properties): string => {
  const name = LogGroupName ?? /^arn:[\w-]+:logs:[\w-]+:\d{12}:log-group:([^:]+)(:\*)?$/.exec(LogDestination)?.[1];
  if (name) return name;
  throw invalidProperty('LogDestination', `must be the ARN of a log group, not ${LogDestination}`);
};
