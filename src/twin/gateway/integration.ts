import { LocalError } from '../../cloudformation/errors.ts';
import type { IntegrationConfiguration, MethodConfiguration } from './configuration.ts';
import { compileDynamoDbBackEnd, type DynamoDbBackEndServices } from './dynamodb-back-end.ts';
import type { Failure } from './failure.ts';
import type { InvocationServices } from './function-invocation.ts';
import type { HttpResponse } from './http.ts';
import { dynamoDbAction } from './integration-uri.ts';
import { compileLambdaBackEnd } from './lambda-mapping.ts';
import { compileLambdaProxy, type LambdaProxy, respondByProxy } from './lambda-proxy.ts';
import { type BackEnd, compileMappedIntegration, type MappedIntegration, respondByMapping } from './mapped-integration.ts';
import { compileMock, type MockIntegration, respondByMock } from './mock.ts';
import type { EventSource } from './request-to-event.ts';

/** An integration that is prepared to serve requests. */
export type Integration = MockIntegration | MappedIntegration | LambdaProxy;

/** Services that integrations call. */
export type IntegrationServices = InvocationServices & DynamoDbBackEndServices;

/** Compiles the integration of a method. Throws a LocalError for what AWS rejects or the twin does not support. */
export const compileIntegration = (method: MethodConfiguration, services: IntegrationServices): Integration => {
  const { integration } = method;
  if (integration === undefined) {
    throw new LocalError('RESOURCE_FAILED', 'No integration defined for method: give the method an Integration');
  }
  switch (integration.type) {
    case 'MOCK':
      return compileMock(method, integration);
    case 'AWS':
      return compileMappedIntegration(method, integration, compileBackEnd(integration, services));
    case 'AWS_PROXY':
      return compileLambdaProxy(integration, services);
    default:
      throw new LocalError(
        'UNSUPPORTED_PROPERTY',
        `Integration.Type ${integration.type} is not supported by the twin: use AWS_PROXY with a Lambda function, AWS with one or with DynamoDB, or MOCK`,
      );
  }
};

/** Returns the response of a method's integration to an authorized and valid request. */
export const respondByIntegration = (
  integration: Integration,
  source: EventSource,
): HttpResponse | Failure | Promise<HttpResponse | Failure> => {
  switch (integration.type) {
    case 'MOCK':
      return respondByMock(integration, source);
    case 'AWS':
      return respondByMapping(integration, source);
    case 'AWS_PROXY':
      return respondByProxy(integration, source);
  }
};

const compileBackEnd = (integration: IntegrationConfiguration, services: IntegrationServices): BackEnd => {
  const action = dynamoDbAction(integration.uri ?? '');
  return action === undefined
    ? compileLambdaBackEnd(integration, services)
    : compileDynamoDbBackEnd(action, integration, services);
};
