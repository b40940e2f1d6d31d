import type { StackEvent } from '@aws-sdk/client-cloudformation';
import { isOfStack } from './progress.ts';
import { remedyFor } from './remedies.ts';

/** The failure that caused all others. */
export interface Failure {
  readonly logicalId: string;
  readonly type: string;
  readonly reason: string;
  /** Remedy in the form `: …`. Empty for a deletion without a known remedy. */
  readonly remedy: string;
}

/**
 * Returns the first failure among the events of an operation, which are in order, earliest first. Events that CloudFormation
 * cancelled because of it do not count.
 */
export const firstFailure = (events: readonly StackEvent[]): Failure | undefined => {
  const failed = events.filter(
    ({ ResourceStatus: status = '', ResourceStatusReason: reason = '' }) =>
      status.endsWith('_FAILED') && !/^Resource (creation|update|deletion) cancelled/i.test(reason),
  );
  const event = failed.find((one) => !isOfStack(one)) ?? failed[0];
  return event && { ...failureOf(event), remedy: remedyOf(event) || correction(event) };
};

/** Returns all failed deletions: each needs its own remedy. */
export const failuresToDelete = (events: readonly StackEvent[]): Failure[] => {
  const last = new Map(events.filter((event) => !isOfStack(event)).map((event) => [event.LogicalResourceId, event]));
  return [...last.values()].filter(({ ResourceStatus: status }) => status === 'DELETE_FAILED').map(failureOf);
};

const failureOf = (event: StackEvent): Failure => {
  const reason = (event.ResourceStatusReason ?? 'CloudFormation gives no reason').trim();
  return {
    logicalId: event.LogicalResourceId ?? '?',
    type: event.ResourceType ?? '?',
    reason: reason.replace(/\.$/, ''),
    remedy: remedyOf(event),
  };
};

const remedyOf = ({ ResourceStatusReason: reason = '', ResourceType: type }: StackEvent): string => remedyFor(reason, type);

/**
 * Returns the default remedy. It contains the stack id: a stack that was never complete must be deleted, and then cannot be found
 * by name.
 */
const correction = ({ StackId: id = '' }: StackEvent): string => {
  const region = id.split(':')[3];
  return `: correct it and deploy again; all events: "aws cloudformation describe-stack-events --stack-name ${id}${region ? ` --region ${region}` : ''}"`;
};
