import type { StackIdentity } from '../../../cloudformation/stack-identity.ts';
import { authenticate, exceptions, type Unauthenticated } from '../../iam/authenticate.ts';
import type { CredentialStore } from '../../iam/credentials.ts';
import { decide } from '../../iam/decide.ts';
import { type Failure, failure } from '../failure.ts';
import { setIdentity } from '../write-context.ts';
import type { Verify } from './authorize-method.ts';
import { methodArn } from './method-arn.ts';

/**
 * Verifies a request for AWS_IAM: the Authorization header has a signature for `execute-api` with valid credentials, and policies
 * allow the caller `execute-api:Invoke` on the method. Presigned URLs, which AWS accepts, too, count as unsigned.
 */
export const verifyIam =
  (stack: StackIdentity, credentials: CredentialStore): Verify =>
  async (request, context, onAllowed) => {
    const { region } = stack;
    const signed = { ...request, body: request.body ?? new Uint8Array() };
    const sender = authenticate(signed, { credentials, service: 'execute-api', region });
    if ('reason' in sender) {
      return unauthenticated(sender);
    }
    const { accessKeyId, identity } = sender;
    const { accountId, userId, arn: userArn } = identity;
    setIdentity(context, { accessKey: accessKeyId, accountId, caller: userId, user: userId, userArn });
    const resource = methodArn(stack, request, context);
    const verdict = decide(identity, { action: 'execute-api:Invoke', resource, region });
    if ('allowedBy' in verdict) {
      onAllowed?.(verdict.allowedBy);
      return undefined;
    }
    const message = verdict.message.replace(resource, () => masked(resource));
    return failure('ACCESS_DENIED', { message, explanation: verdict.cause });
  };

/**
 * Returns the failure of an unauthenticated request, with API Gateway's status, message and `x-amzn-ErrorType`. Only an invalid
 * signature is documented to have its own gateway response; other faults of a signature use it here, too.
 */
const unauthenticated = ({ reason, message }: Unauthenticated): Failure =>
  reason === 'missing'
    ? failure('MISSING_AUTHENTICATION_TOKEN', {
        explanation: 'the request is not signed; AuthorizationType AWS_IAM requires a signature',
      })
    : failure('INVALID_SIGNATURE', { message, errorType: exceptions[reason] });

/** API Gateway shows only the last four digits of the account that owns an API. */
const masked = (arn: string): string => arn.replace(/:\d{8}(\d{4}):/, ':********$1:');
