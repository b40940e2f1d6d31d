import { createHash } from 'node:crypto';
import { resourceId } from '../../../cloudformation/names.ts';
import { object } from '../../../cloudformation/shapes.ts';
import type { ResourceType } from '../../resource.ts';
import { tagsSchema } from '../parts/tags.ts';

/** An Elastic IP address from a block that RFC 5737 reserves for documentation, because the twin has no public addresses. */
export const ec2Eip: ResourceType = {
  type: 'AWS::EC2::EIP',
  schema: object({ Domain: { enum: ['vpc'] }, Tags: tagsSchema }),
  start: (_properties, context) => {
    const { elasticIps } = context.services.network;
    const allocationId = resourceId('eipalloc', context);
    const publicIp = `203.0.113.${createHash('sha256').update(allocationId).digest().readUInt8() % 255}`;
    elasticIps.set(allocationId, { allocationId, publicIp });
    return {
      ref: publicIp,
      attributes: { AllocationId: allocationId, PublicIp: publicIp },
      stop: () => {
        elasticIps.delete(allocationId);
      },
    };
  },
};
