import { explained } from './aws-errors.ts';
import { DeployError } from './errors.ts';

/**
 * True of an error after which a request is known not to be done: it was never sent, or the service has rejected it. Anything else,
 * such as a lost connection, leaves that open; so does a no to another attempt, which may be a no to doing the same thing twice.
 */
export const isUndone = (error: unknown): boolean => {
  const { name = '', $metadata: { httpStatusCode = 0, attempts = 1 } = {} } = error as Partial<Failure>;
  if (/^(Credentials|Token)ProviderError$/.test(name)) return true;
  const isFirst = attempts === 1 || /throttl|TooManyRequests|LimitExceeded/i.test(name);
  return isFirst && httpStatusCode >= 400 && httpStatusCode < 500;
};

/** An error with a line more. Its exit code stays. */
export const withRemark = (error: unknown, remark: string): Error => {
  const cause = explained(error);
  // A fault of ours is reported with its causes, so that both are seen.
  if (!(cause instanceof DeployError)) return new Error(remark, { cause });
  return new DeployError(`${cause.message}\n${remark}`, { cause, exitCode: cause.exitCode });
};

/** Returns the command that shows a stack's events. With its id, a deleted stack is found as well. */
export const whereToLook = (region: string, stackId: string): string =>
  `look with "aws cloudformation describe-stack-events --stack-name ${stackId} --region ${region}"`;

interface Failure {
  readonly name: string;
  readonly $metadata: { readonly httpStatusCode?: number; readonly attempts?: number };
}
