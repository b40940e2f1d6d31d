import type { StackIdentity } from '../../../cloudformation/stack-identity.ts';
import type { Context } from '../context.ts';
import { type Failure, failure } from '../failure.ts';
import { type HttpRequest, pathInStage } from '../http.ts';

/**
 * Returns the ARN of a request in policies, `arn:aws:execute-api:REGION:ACCOUNT:API/STAGE/METHOD/PATH`, with the path as sent.
 */
export const methodArn = (
  { partition, region, accountId }: StackIdentity,
  request: Pick<HttpRequest, 'method' | 'path'>,
  { apiId, stage }: Pick<Context, 'apiId' | 'stage'>,
): string =>
  `arn:${partition}:execute-api:${region}:${accountId}:${apiId}/${stage}/${request.method}${pathInStage(request.path, stage)}`;

/**
 * Returns the failure of a request whose method ARN, path included, is too long to be matched with policies; otherwise undefined.
 * It applies to methods with an authorization type. The quotas page says "When this happens, the API client receives a 414
 * Request URI too long response", without the gateway response type. DEFAULT_4XX covers all failures without a type.
 */
export const longArnFailure = (
  stack: StackIdentity,
  request: Pick<HttpRequest, 'method' | 'path'>,
  context: Pick<Context, 'apiId' | 'stage'>,
): Failure | undefined =>
  methodArn(stack, request, context).length > maxArnBytes
    ? failure('DEFAULT_4XX', {
        status: 414,
        message: 'Request URI too long',
        explanation: `the ARN of the request, path included, has more than ${maxArnBytes} bytes`,
      })
    : undefined;

const maxArnBytes = 1600;
