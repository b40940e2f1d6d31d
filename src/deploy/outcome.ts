import { explained } from './aws-errors.ts';
import { DeployError } from './errors.ts';

/**
 * Returns true for an error after which a request has certainly not been applied: it was never sent, or the service has rejected
 * it. After any other error, such as a lost connection, the result is unknown. It is also unknown if a retry is rejected, because
 * the first attempt may have been applied.
 */
export const isUndone = (error: unknown): boolean => {
  const { name = '', $metadata: { httpStatusCode = 0, attempts = 1 } = {} } = error as Partial<Failure>;
  if (/^(Credentials|Token)ProviderError$/.test(name)) return true;
  const isFirst = attempts === 1 || /throttl|TooManyRequests|LimitExceeded/i.test(name);
  return isFirst && httpStatusCode >= 400 && httpStatusCode < 500;
};

/** Returns an error with an additional line. The exit code remains the same. */
export const withRemark = (error: unknown, remark: string): Error => {
  const cause = explained(error);
  // A bug of this project is reported with its causes, so that both messages are shown.
  if (!(cause instanceof DeployError)) return new Error(remark, { cause });
  return new DeployError(`${cause.message}\n${remark}`, { cause, exitCode: cause.exitCode });
};

/** Returns the command that shows a stack's events. With the id, it also finds a deleted stack. */
export const whereToLook = (region: string, stackId: string): string =>
  `look with "aws cloudformation describe-stack-events --stack-name ${stackId} --region ${region}"`;

interface Failure {
  readonly name: string;
  readonly $metadata: { readonly httpStatusCode?: number; readonly attempts?: number };
}
