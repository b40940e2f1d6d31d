import { LocalError } from '../../cloudformation/errors.ts';
import type { GatewayResponseConfiguration } from './configuration.ts';
import { builtIn, type Failure, type ResponseType } from './failure.ts';
import { type Headers, type HttpResponse, headerValue, mediaType } from './http.ts';
import { compileMapping, type Mapping, type MappingSource } from './templates/mapping.ts';
import { compileSubstitution, type Variables } from './templates/substitute.ts';
import { setError } from './write-context.ts';

/** Makes the gateway response of a failure. Also sets `$context.error`, which templates and access logs read. */
export type GatewayResponder = (failure: Failure, source: MappingSource) => HttpResponse;

/**
 * Compiles the gateway responses of a deployment. A failure gets the response of its own type, otherwise DEFAULT_4XX or
 * DEFAULT_5XX, otherwise the built-in response. The status of a default response replaces the status of the failure; without one,
 * "all other 4XX responses" keep "their original values".
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
 */
export const createGatewayResponder = (configurations: Iterable<GatewayResponseConfiguration>): GatewayResponder => {
  const responses = new Map([...configurations].map((one) => [one.responseType, compile(one)]));
  return (failure, source) => {
    const { responseType, status } = failure;
    const response =
      responses.get(responseType) ?? responses.get(status < 500 ? 'DEFAULT_4XX' : 'DEFAULT_5XX') ?? builtInResponse;
    setError(source.context, {
      message: failure.message,
      messageString: JSON.stringify(failure.message),
      responseType,
      ...(failure.validationErrorString !== undefined && { validationErrorString: failure.validationErrorString }),
    });
    const template = chooseTemplate(response.templates, headerValue(source.request.headers, 'Accept'));
    const headers = new Map<string, readonly [string, string]>([
      ['content-type', ['Content-Type', template?.contentType ?? 'application/json']],
      ['x-amzn-errortype', ['x-amzn-ErrorType', failure.errorType ?? builtIn[responseType].errorType]],
    ]);
    for (const [name, mapping] of response.headers) {
      const value = mapping(source);
      if (value !== undefined) {
        headers.set(name.toLowerCase(), [name, value]);
      }
    }
    return {
      status: response.status ?? status,
      headers: [...headers.values()],
      body: (template?.render ?? builtInBody(failure))(source),
    };
  };
};

/** Response to a request without a stage. No gateway response can change it. */
export const noSuchStage: { readonly status: number; readonly headers: Headers; readonly body: string } = {
  status: 403,
  headers: [
    ['Content-Type', 'application/json'],
    ['x-amzn-ErrorType', 'ForbiddenException'],
  ],
  body: '{"message":"Forbidden"}',
};

export const isResponseType = (text: string): text is ResponseType => Object.hasOwn(builtIn, text);

interface Response {
  readonly status?: number;
  readonly headers: readonly (readonly [name: string, mapping: Mapping])[];
  readonly templates: readonly Template[];
}

interface Template {
  readonly contentType: string;
  readonly render: (variables: Variables) => string;
}

const builtInResponse: Response = { headers: [], templates: [] };

const compile = (configuration: GatewayResponseConfiguration): Response => ({
  ...(configuration.statusCode !== undefined && { status: Number(configuration.statusCode) }),
  headers: Object.entries(configuration.responseParameters).map(([key, expression]) => {
    const name = /^gatewayresponse\.header\.([\w-]+)$/.exec(key)?.[1];
    if (name === undefined) {
      throw new LocalError(
        'INVALID_PROPERTY',
        `ResponseParameters of the gateway response ${configuration.responseType}: ${key} is not gatewayresponse.header.NAME`,
      );
    }
    return [name, compileMapping(expression, 'method.request')];
  }),
  templates: Object.entries(configuration.responseTemplates).map(([contentType, template]) => ({
    contentType,
    render: compileSubstitution(template, (value) => value ?? ''),
  })),
});

/** Returns the template of the type in Accept, otherwise the one for JSON, otherwise the first. */
const chooseTemplate = (templates: readonly Template[], accept: string | undefined): Template | undefined => {
  const byType = (type: string) => templates.find(({ contentType }) => mediaType(contentType) === type);
  return byType(mediaType(accept ?? '')) ?? byType('application/json') ?? templates[0];
};

/** As recorded: integration failures have a space after the colon, and the key of ACCESS_DENIED has a capital M. */
const builtInBody =
  ({ responseType, status }: Failure) =>
  ({ context }: Variables): string => {
    const message = context.error?.messageString ?? '""';
    if (responseType === 'ACCESS_DENIED') {
      return `{"Message":${message}}`;
    }
    const isIntegrations = status >= 500 || responseType === 'REQUEST_TOO_LARGE';
    return isIntegrations ? `{"message": ${message}}` : `{"message":${message}}`;
  };
