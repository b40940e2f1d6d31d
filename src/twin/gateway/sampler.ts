import type { StackIdentity } from '../../cloudformation/stack-identity.ts';
import type { XRay } from '../small-services/xray.ts';
import { domainNameOf } from './context.ts';
import { type HttpRequest, headerValue } from './http.ts';

/**
 * Returns a function that applies X-Ray's sampling rules to requests of a stage. The attributes follow the API Gateway Developer
 * Guide ("Configure AWS X-Ray sampling rules for API Gateway APIs"). The guide does not specify whether the path includes the
 * stage; here it is the path of the URL.
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
