import type { IntegrationConfiguration, MethodConfiguration } from './configuration.ts';
import { type Failure, isFailure } from './failure.ts';
import { withIntegrationError } from './function-invocation.ts';
import type { HttpResponse } from './http.ts';
import { compileIntegrationRequest, type IntegrationRequest } from './integration-request.ts';
import {
  compileIntegrationResponses,
  configurationError,
  type IntegrationOutput,
  type IntegrationResponder,
  templateError,
} from './integration-response.ts';
import type { EventSource } from './request-to-event.ts';

/**
 * Calls the back end of an integration (`lambda-mapping.ts`, `dynamodb-back-end.ts`). Returns a failure without a response from
 * it.
 */
export type BackEnd = (source: EventSource, body: string) => Promise<IntegrationOutput | Failure>;

/** An AWS integration: mapping templates make the request to the back end, and the response from its output. */
export interface MappedIntegration {
  readonly type: 'AWS';
  readonly request: IntegrationRequest;
  readonly call: BackEnd;
  readonly respond: IntegrationResponder;
}

/** Compiles an AWS integration. */
export const compileMappedIntegration = (
  method: MethodConfiguration,
  integration: IntegrationConfiguration,
  call: BackEnd,
): MappedIntegration => ({
  type: 'AWS',
  request: compileIntegrationRequest(integration),
  call,
  respond: compileIntegrationResponses(method, integration),
});

/** Calls the back end of an AWS integration and returns the mapped response. */
export const respondByMapping = async (
  integration: MappedIntegration,
  source: EventSource,
): Promise<HttpResponse | Failure> => {
  try {
    const response = await respond(integration, source);
    return isFailure(response) ? withIntegrationError(response, source.context) : response;
  } catch (error) {
    return withIntegrationError(templateError(error), source.context);
  }
};

const respond = async (integration: MappedIntegration, source: EventSource): Promise<HttpResponse | Failure> => {
  const body = integration.request(source);
  if (typeof body !== 'string') return body;
  const output = await integration.call(source, body);
  if (isFailure(output)) return output;
  return (
    integration.respond(output, source) ??
    configurationError(
      'No match for output mapping and no default endpoint response configured: add an integration response without a SelectionPattern',
    )
  );
};
