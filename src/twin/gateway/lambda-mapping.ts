import { isObject } from '../../cloudformation/json.ts';
import type { IntegrationConfiguration } from './configuration.ts';
import { isFailure } from './failure.ts';
import { compileInvocation, type InvocationServices } from './function-invocation.ts';
import type { Headers } from './http.ts';
import type { IntegrationOutput } from './integration-response.ts';
import type { BackEnd } from './mapped-integration.ts';
import type { EventSource } from './request-to-event.ts';
import { compileMapping } from './templates/mapping.ts';

/**
 * Creates the back end of an AWS integration with a function (a Lambda custom integration). The function gets the rendered
 * request template. Its error message selects the integration response.
 */
export const compileLambdaBackEnd = (integration: IntegrationConfiguration, services: InvocationServices): BackEnd => {
  const invoke = compileInvocation(integration, services);
  const invocationType = compileInvocationType(integration);
  return async (source, body) => {
    const payload = body.trim() === '' ? '{}' : body;
    const output = syntaxFault(payload) ?? (await invoke(source, payload, invocationType(source)));
    if (isFailure(output) || 'selection' in output) return output;
    return integrationOutput(output.payload, output.isError);
  };
};

/** Compiles the header X-Amz-Invocation-Type of the integration request. */
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

/**
 * Returns the `errorMessage` that selection patterns match. As recorded, an object that a function returns without an error
 * counts, too.
 */
const selectionOf = (payload: string): string => {
  try {
    const value: unknown = JSON.parse(payload);
    return isObject(value) && typeof value.errorMessage === 'string' ? value.errorMessage : '';
  } catch {
    return '';
  }
};

/** Returns the response of the Invoke API to a payload that is not JSON. Its message selects the integration response. */
const syntaxFault = (payload: string): IntegrationOutput | undefined => {
  try {
    JSON.parse(payload);
    return undefined;
  } catch (error) {
    const message = `Could not parse request body into json: ${error instanceof Error ? error.message : String(error)}`;
    return { selection: message, headers: json, body: JSON.stringify({ Type: 'User', message }) };
  }
};
