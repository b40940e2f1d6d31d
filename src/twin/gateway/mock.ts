import { isObject } from '../../cloudformation/json.ts';
import type { IntegrationConfiguration, MethodConfiguration } from './configuration.ts';
import type { Failure } from './failure.ts';
import type { HttpResponse } from './http.ts';
import { compileIntegrationRequest, type IntegrationRequest, type MappingInput } from './integration-request.ts';
import {
  compileIntegrationResponses,
  configurationError,
  type IntegrationResponder,
  templateError,
} from './integration-response.ts';

/** A MOCK integration, which has no back end. Its request template gives the status code, its integration responses the rest. */
export interface MockIntegration {
  readonly type: 'MOCK';
  readonly request: IntegrationRequest;
  readonly respond: IntegrationResponder;
}

/** Compiles a MOCK integration. */
export const compileMock = (method: MethodConfiguration, integration: IntegrationConfiguration): MockIntegration => ({
  type: 'MOCK',
  request: compileIntegrationRequest(integration),
  respond: compileIntegrationResponses(method, integration),
});

/** Returns the response of a MOCK integration. */
export const respondByMock = (mock: MockIntegration, input: MappingInput): HttpResponse | Failure => {
  try {
    return respond(mock, input);
  } catch (error) {
    return templateError(error);
  }
};

const respond = (mock: MockIntegration, input: MappingInput): HttpResponse | Failure => {
  const text = mock.request(input);
  if (typeof text !== 'string') return text;
  const status = statusCodeOf(text);
  if (status === undefined) {
    return configurationError('Unable to parse statusCode. It should be an integer and defined in request template');
  }
  return (
    mock.respond({ selection: String(status), headers: [], body: '' }, input) ??
    configurationError(`No integration response matches status ${status}, and there is no default one`)
  );
};

/**
 * Returns the status code in a rendered request template. As recorded, unquoted keys (`{statusCode: 200}`) and leading text are
 * valid.
 */
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
