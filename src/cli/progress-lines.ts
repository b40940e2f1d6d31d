import { duration, type Progress } from '../deploy/progress.ts';
import type { FinishedResource } from '../deploy/user.ts';

/**
 * Returns the line that is redrawn on a terminal: `12 of 83  1:05  AWS::EC2::NatGateway NatGateway1 (0:55), 3 more`. `elapsed` is
 * in milliseconds.
 */
export const progressLine = ({ phase, done, total, inWork }: Progress, elapsed: number, now: Date): string => {
  const [first, ...others] = inWork;
  const work = first && `${first.type} ${first.logicalId} (${duration(now.getTime() - first.since.getTime())})`;
  const more = others.length > 0 ? `, ${others.length} more` : '';
  return `${phases[phase]}${done} of ${total}  ${duration(elapsed)}  ${work ?? ''}${more}`.trimEnd();
};

/** Returns the line of a finished resource: `12 of 83  1:05  CREATE_COMPLETE  AWS::EC2::Subnet PublicSubnet1`. */
export const finishedLine = ({ phase, done, total }: Progress, elapsed: number, resource: FinishedResource): string => {
  const { status, reason, type, logicalId } = resource;
  const why = status.endsWith('_FAILED') && reason ? `: ${reason}` : '';
  return `${phases[phase]}${done} of ${total}  ${duration(elapsed)}  ${status}  ${type} ${logicalId}${why}`;
};

const phases: Readonly<Record<Progress['phase'], string>> = {
  forward: '',
  rollback: 'rolling back  ',
  cleanup: 'cleaning up  ',
};
