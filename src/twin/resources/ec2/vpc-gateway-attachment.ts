import { invalidProperty } from '../../../cloudformation/errors.ts';
import { object, string } from '../../../cloudformation/shapes.ts';
import { lookUp } from '../../network/lookup.ts';
import type { ResourceType } from '../../resource.ts';

type Properties = { readonly VpcId: string; readonly InternetGatewayId: string };

/** Attaches an internet gateway. VPN gateways are not supported. */
export const ec2VpcGatewayAttachment: ResourceType<Properties> = {
  type: 'AWS::EC2::VPCGatewayAttachment',
  schema: object({ VpcId: string, InternetGatewayId: string }, ['VpcId', 'InternetGatewayId']),
  start: ({ VpcId, InternetGatewayId }, { services }) => {
    const { vpcs, internetGateways } = services.network;
    const vpc = lookUp(vpcs, VpcId, 'VpcId', 'VPC');
    const gateway = lookUp(internetGateways, InternetGatewayId, 'InternetGatewayId', 'internet gateway');
    if (gateway.vpcId)
      throw invalidProperty(
        'InternetGatewayId',
        `${gateway.id} is attached to ${gateway.vpcId} already; use another gateway`,
      );
    const attached = [...internetGateways.values()].find(({ vpcId }) => vpcId === vpc.id);
    if (attached)
      throw invalidProperty('VpcId', `${vpc.id} has the internet gateway ${attached.id} already; a VPC can have one`);
    gateway.vpcId = vpc.id;
    return {
      ref: `IGW|${vpc.id}`,
      attributes: { AttachmentType: 'IGW' },
      stop: () => {
        delete gateway.vpcId;
      },
    };
  },
};
