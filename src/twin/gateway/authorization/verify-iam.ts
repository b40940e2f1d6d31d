import type { StackIdentity } from '../../../cloudformation/stack-identity.ts';
import { authenticate, exceptions, type Unauthenticated } from '../../iam/authenticate.ts';
import type { CredentialStore } from '../../iam/credentials.ts';
import { decide } from '../../iam/decide.ts';
import { type Failure, failure } from '../failure.ts';
import { setIdentity } from '../write-context.ts';
import type { Verify } from './authorize-method.ts';
import { methodArn } from './method-arn.ts';

/**
 * AWS_IAM: lets a request pass that is signed for `execute-api` with credentials that are out, in its Authorization header, and
 * whose sender may `execute-api:Invoke` what it asks for. Presigned URLs, which AWS takes as well, count as unsigned.
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
 * Status, message and `x-amzn-ErrorType` are API Gateway's. Only an invalid signature is documented to have a gateway response
 * of its own; what else is wrong with one is taken for that, too.
 */
const unauthenticated = ({ reason, message }: Unauthenticated): Failure =>
  reason === 'missing'
    ? failure('MISSING_AUTHENTICATION_TOKEN', {
        explanation: 'the request has no signature, which AuthorizationType AWS_IAM asks for',
      })
    : failure('INVALID_SIGNATURE', { message, errorType: exceptions[reason] });

/** API Gateway tells strangers no more than the last four digits of the account that owns an API. */
const masked = (arn: string): string => arn.replace(/:\d{8}(\d{4}):/, ':********$1:');
