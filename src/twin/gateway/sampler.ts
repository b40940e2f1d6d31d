import type { StackIdentity } from '../../cloudformation/stack-identity.ts';
import type { XRay } from '../small-services/xray.ts';
import { domainNameOf } from './context.ts';
import { type HttpRequest, headerValue } from './http.ts';

/**
 * Lets X-Ray decide on requests of a stage, which it tells apart as the API Gateway Developer Guide says ("Configure AWS X-Ray
 * sampling rules for API Gateway APIs"). That does not say whether the path has the stage; here it is that of the URL.
 */
export const sampler =
  (
    xray: Pick<XRay, 'sample'>,
    stack: StackIdentity,
    { apiId, apiName, stageName }: { readonly apiId: string; readonly apiName: string; readonly stageName: string },
  ): ((request: HttpRequest) => boolean) =>
  (request) =>
    xray.sample({
      serviceName: `${apiName}/${stageName}`,
      serviceType: 'AWS::ApiGateway::Stage',
      resourceArn: `arn:${stack.partition}:apigateway:${stack.region}::/restapis/${apiId}/stages/${stageName}`,
      host: domainNameOf(apiId, stack),
      httpMethod: request.method,
      urlPath: request.path,
      header: (name) => headerValue(request.headers, name),
    });
