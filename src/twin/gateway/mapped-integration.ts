import type { IntegrationConfiguration, MethodConfiguration } from './configuration.ts';
import { type Failure, isFailure } from './failure.ts';
import { noted } from './function-invocation.ts';
import type { HttpResponse } from './http.ts';
import { compileIntegrationRequest } from './integration-request.ts';
import { compileIntegrationResponses, configurationError, type IntegrationOutput } from './integration-response.ts';
import type { EventSource } from './request-to-event.ts';

/** Asks the back end of an integration; a failure if it did not answer. */
export type BackEnd = (source: EventSource, body: string) => Promise<IntegrationOutput | Failure>;

/** Prepares an integration of the type AWS: templates make the request to the back end, and the response of what that answers. */
export const compileMappedIntegration = (
  method: MethodConfiguration,
  integration: IntegrationConfiguration,
  ask: BackEnd,
): ((source: EventSource) => Promise<HttpResponse | Failure>) => {
  const request = compileIntegrationRequest(integration);
  const respond = compileIntegrationResponses(method, integration);

  return async (source) => {
    try {
      const answer = await serve(source);
      return isFailure(answer) ? noted(answer, source.context) : answer;
    } catch (error) {
      // Parsing and references have been checked: what is left is a template's own fault, such as $util.parseJson of no JSON.
      return noted(configurationError(error instanceof Error ? error.message : String(error)), source.context);
    }
  };

  async function serve(source: EventSource): Promise<HttpResponse | Failure> {
    const body = request(source);
    if (typeof body !== 'string') return body;
    const output = await ask(source, body);
    if (isFailure(output)) return output;
    return (
      respond(output, source) ??
      configurationError(
        'No match for output mapping and no default endpoint response configured: add an integration response without a SelectionPattern',
      )
    );
  }
};
