import { isObject } from '../../cloudformation/json.ts';
import type { IntegrationConfiguration, MethodConfiguration } from './configuration.ts';
import type { EventSource } from './event.ts';
import { type Failure, isFailure } from './failure.ts';
import { compileInvocation, type InvocationServices, noted } from './function-invocation.ts';
import type { Headers, HttpResponse } from './http.ts';
import { compileIntegrationRequest } from './integration-request.ts';
import { compileIntegrationResponses, configurationError, type IntegrationOutput } from './integration-response.ts';
import { compileMapping } from './templates/mapping.ts';

/**
 * Prepares an AWS integration with a function, also called Lambda custom integration: templates make the event of the request and
 * the response of what the function returns. The message of its error selects the integration response.
 */
export const compileLambdaMapping = (
  method: MethodConfiguration,
  integration: IntegrationConfiguration,
  services: InvocationServices,
): ((source: EventSource) => Promise<HttpResponse | Failure>) => {
  const request = compileIntegrationRequest(integration);
  const respond = compileIntegrationResponses(method, integration);
  const invoke = compileInvocation(integration, services);
  const invocationType = compileInvocationType(integration);

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
    const text = request(source);
    if (typeof text !== 'string') return text;
    const payload = text.trim() === '' ? '{}' : text;
    const fault = syntaxFault(payload);
    const output = fault ?? (await invoke(source, payload, invocationType(source)));
    if (isFailure(output)) return output;
    const answer = 'selection' in output ? output : integrationOutput(output.payload, output.isError);
    return (
      respond(answer, source) ??
      configurationError(
        'No match for output mapping and no default endpoint response configured: add an integration response without a SelectionPattern',
      )
    );
  }
};

/** The header X-Amz-Invocation-Type of the integration request. */
const compileInvocationType = ({ requestParameters }: IntegrationConfiguration) => {
  const [, expression] =
    Object.entries(requestParameters).find(([name]) =>
      /^integration\.request\.header\.x-amz-invocation-type$/i.test(name),
    ) ?? [];
  const mapping = expression === undefined ? undefined : compileMapping(expression, 'method.request');
  return (source: EventSource): 'Event' | 'RequestResponse' => (mapping?.(source) === 'Event' ? 'Event' : 'RequestResponse');
};

const integrationOutput = (payload: string, isError: boolean): IntegrationOutput => ({
  selection: selectionOf(payload),
  headers: isError ? [...json, ['X-Amz-Function-Error', 'Unhandled']] : json,
  body: payload,
});

const json: Headers = [['Content-Type', 'application/json']];

/** What is matched is `errorMessage`, also of an object that a function returns without an error, as recorded. */
const selectionOf = (payload: string): string => {
  try {
    const value: unknown = JSON.parse(payload);
    return isObject(value) && typeof value.errorMessage === 'string' ? value.errorMessage : '';
  } catch {
    return '';
  }
};

/** The response of the Invoke API to a payload that is not JSON; its message selects the integration response. */
const syntaxFault = (payload: string): IntegrationOutput | undefined => {
  try {
    JSON.parse(payload);
    return undefined;
  } catch (error) {
    const message = `Could not parse request body into json: ${error instanceof Error ? error.message : String(error)}`;
    return { selection: message, headers: json, body: JSON.stringify({ Type: 'User', message }) };
  }
};
