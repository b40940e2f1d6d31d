import { isObject } from '../../cloudformation/json.ts';
import type { IntegrationConfiguration, MethodConfiguration } from './configuration.ts';
import type { Failure } from './failure.ts';
import type { HttpResponse } from './http.ts';
import { compileIntegrationRequest, type MappingInput } from './integration-request.ts';
import { compileIntegrationResponses, configurationError } from './integration-response.ts';

/** The answer of an integration that needs no back end. */
export type MockIntegration = (input: MappingInput) => HttpResponse | Failure;

/** Prepares a MOCK integration: its request template says the status code, its integration responses the rest. */
export const compileMock = (method: MethodConfiguration, integration: IntegrationConfiguration): MockIntegration => {
  const request = compileIntegrationRequest(integration);
  const respond = compileIntegrationResponses(method, integration);

  return (input) => {
    try {
      return answer(input);
    } catch (error) {
      // Parsing and references have been checked: what is left is a template's own fault, such as $util.parseJson of no JSON.
      return configurationError(error instanceof Error ? error.message : String(error));
    }
  };

  function answer(input: MappingInput): HttpResponse | Failure {
    const text = request(input);
    if (typeof text !== 'string') return text;
    const status = statusCodeOf(text);
    if (status === undefined) {
      return configurationError('Unable to parse statusCode. It should be an integer and defined in request template');
    }
    return (
      respond({ selection: String(status), headers: [], body: '' }, input) ??
      configurationError(`No integration response matches status ${status}, and there is no default one`)
    );
  }
};

/** The status code in a rendered request template. As recorded, unquoted keys (`{statusCode: 200}`) and text in front do not matter. */
const statusCodeOf = (text: string): number | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    const status = isObject(value) ? value.statusCode : undefined;
    return Number.isInteger(status) ? Number(status) : undefined;
  } catch {
    const digits = /^[^{]*\{(?:[^{}]*[,\s])?(['"]?)statusCode\1\s*:\s*(\d{3})\s*[,}]/.exec(text)?.[2];
    return digits === undefined ? undefined : Number(digits);
  }
};
