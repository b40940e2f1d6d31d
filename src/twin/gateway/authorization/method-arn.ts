import type { StackIdentity } from '../../../cloudformation/stack-identity.ts';
import type { Context } from '../context.ts';
import { type HttpRequest, pathInStage } from '../http.ts';

/** What IAM policies name a request by: `arn:aws:execute-api:REGION:ACCOUNT:API/STAGE/METHOD/PATH`, the path as it was sent. */
export const methodArn = (
  { partition, region, accountId }: StackIdentity,
  request: Pick<HttpRequest, 'method' | 'path'>,
  { apiId, stage }: Pick<Context, 'apiId' | 'stage'>,
): string =>
  `arn:${partition}:execute-api:${region}:${accountId}:${apiId}/${stage}/${request.method}${pathInStage(request.path, stage)}`;
