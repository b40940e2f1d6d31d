import type { StackIdentity } from '../../../cloudformation/stack-identity.ts';
import type { Context } from '../context.ts';
import { failure } from '../failure.ts';
import { type HttpRequest, pathInStage } from '../http.ts';
import type { Authorize } from './authorize-method.ts';

/** Returns the ARN of a request in policies: `arn:aws:execute-api:REGION:ACCOUNT:API/STAGE/METHOD/PATH`, the path as sent. */
export const methodArn = (
  { partition, region, accountId }: StackIdentity,
  request: Pick<HttpRequest, 'method' | 'path'>,
  { apiId, stage }: Pick<Context, 'apiId' | 'stage'>,
): string =>
  `arn:${partition}:execute-api:${region}:${accountId}:${apiId}/${stage}/${request.method}${pathInStage(request.path, stage)}`;

/**
 * Refuses a request to a method with authorization if the ARN that it stands for, path included, is longer than what policies
 * are held against. "When this happens, the API client receives a 414 Request URI too long response", says the page of the
 * quotas, but not by which gateway response: DEFAULT_4XX answers whatever has no type of its own.
 */
export const refusingLongArns =
  (authorize: Authorize, stack: StackIdentity): Authorize =>
  async (request, context, onAllowed) =>
    methodArn(stack, request, context).length > maxArnBytes
      ? failure('DEFAULT_4XX', {
          status: 414,
          message: 'Request URI too long',
          explanation: `the ARN of the request, path included, has more than ${maxArnBytes} bytes`,
        })
      : authorize(request, context, onAllowed);

const maxArnBytes = 1600;
