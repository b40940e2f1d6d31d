import type { StackEvent } from '@aws-sdk/client-cloudformation';
import type { Progress } from '../deploy/progress.ts';

/** `12 of 83  1:05  AWS::EC2::NatGateway NatGateway1 (0:55), 3 more`: what is redrawn on a terminal. Elapsed in milliseconds. */
export const progressLine = ({ phase, done, total, inWork }: Progress, elapsed: number, now: Date): string => {
  const [first, ...others] = inWork;
  const work = first && `${first.type} ${first.logicalId} (${duration(now.getTime() - first.since.getTime())})`;
  const more = others.length > 0 ? `, ${others.length} more` : '';
  return `${phases[phase]}${done} of ${total}  ${duration(elapsed)}  ${work ?? ''}${more}`.trimEnd();
};

/** `12 of 83  1:05  CREATE_COMPLETE  AWS::EC2::Subnet PublicSubnet1`: a resource that is finished. */
export const eventLine = ({ phase, done, total }: Progress, elapsed: number, event: StackEvent): string => {
  const { ResourceStatus: status = '', ResourceStatusReason: reason, ResourceType: type, LogicalResourceId: id } = event;
  const why = status.endsWith('_FAILED') && reason ? `: ${reason}` : '';
  return `${phases[phase]}${done} of ${total}  ${duration(elapsed)}  ${status}  ${type} ${id}${why}`;
};

/** `1:05`, `1:02:05`: minutes and seconds of milliseconds. */
export const duration = (milliseconds: number): string => {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const [first = 0, ...rest] = parts[0] === 0 ? parts.slice(1) : parts;
  return [first, ...rest.map((part) => String(part).padStart(2, '0'))].join(':');
};

const phases: Readonly<Record<Progress['phase'], string>> = {
  forward: '',
  rollback: 'rolling back  ',
  cleanup: 'cleaning up  ',
};
