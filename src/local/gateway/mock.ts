import { bounded, isQuick } from '../../cloudformation/bounded.ts';
import { LocalError } from '../../cloudformation/errors.ts';
import { isObject } from '../../cloudformation/json.ts';
import type { IntegrationConfiguration, MethodConfiguration } from './configuration.ts';
import type { Context } from './context.ts';
import { type Failure, failure } from './failure.ts';
import { mappedHeaderName } from './header-names.ts';
import { type HttpResponse, headerValue, mediaType } from './http.ts';
import { compileMapping, type Mapping } from './templates/mapping.ts';
import { compileTemplate, type MappingTemplate, type TemplateInput } from './templates/vtl.ts';

/** The answer of an integration that needs no back end. */
export type MockIntegration = (input: MockInput) => HttpResponse | Failure;

export type MockInput = Omit<TemplateInput, 'body'>;

/** Prepares a MOCK integration: its request template says the status code, its integration responses the rest. */
export const compileMock = (method: MethodConfiguration, integration: IntegrationConfiguration): MockIntegration => {
  const requestTemplates = compileTemplates(integration.requestTemplates);
  const responses = integration.integrationResponses.map((response) => {
    const declared = method.methodResponses.find(({ statusCode }) => statusCode === response.statusCode);
    if (declared === undefined) {
      throw new LocalError(
        'INVALID_PROPERTY',
        `No method response exists for method: IntegrationResponses has ${response.statusCode}, add it to MethodResponses`,
      );
    }
    return {
      pattern: response.selectionPattern ? compilePattern(response.selectionPattern) : undefined,
      status: Number(response.statusCode),
      headers: Object.entries(response.responseParameters).map(([parameter, expression]) =>
        compileHeader(parameter, expression, declared.responseParameters),
      ),
      templates: compileTemplates(response.responseTemplates),
    };
  });

  return (input) => {
    try {
      return answer(input);
    } catch (error) {
      // Parsing and references have been checked: what is left is a template's own fault, such as $util.parseJson of no JSON.
      return configurationError(error instanceof Error ? error.message : String(error));
    }
  };

  function answer(input: MockInput): HttpResponse | Failure {
    const contentType = mediaType(headerValue(input.request.headers, 'Content-Type') ?? 'application/json');
    const requestTemplate = requestTemplates.get(contentType);
    if (requestTemplate === undefined && refusesPassthrough(integration)) {
      return failure('UNSUPPORTED_MEDIA_TYPE');
    }
    const body = input.request.body?.toString('utf8') ?? '';
    const status = statusCodeOf(requestTemplate?.({ ...input, body }) ?? body);
    if (status === undefined) {
      return configurationError('Unable to parse statusCode. It should be an integer and defined in request template');
    }
    const response =
      responses.find(({ pattern }) => pattern?.(String(status))) ?? responses.find(({ pattern }) => pattern === undefined);
    if (response === undefined) {
      return configurationError(`No integration response matches status ${status}, and there is no default one`);
    }
    const chosen = chooseTemplate(response.templates, headerValue(input.request.headers, 'Accept'));
    const output = chosen?.template({ ...input, body: '' }) ?? '';
    const headers = new Map<string, readonly [string, string]>();
    const setHeader = (name: string, value: string): void => {
      const sentName = mappedHeaderName(name);
      if (sentName !== undefined) {
        headers.set(sentName.toLowerCase(), [sentName, value]);
      }
    };
    setHeader('Content-Type', chosen?.contentType ?? 'application/json');
    const source = { ...input, integration: { headers: [], body: '' } };
    for (const [name, mapping] of response.headers) {
      const value = mapping(source);
      if (value !== undefined) {
        setHeader(name, value);
      }
    }
    for (const [name, value] of Object.entries(input.context.responseOverride.header)) {
      setHeader(name, String(value));
    }
    return { status: statusOverride(input.context) ?? response.status, headers: [...headers.values()], body: output };
  }
};

const compileTemplates = (templates: Readonly<Record<string, string>>): ReadonlyMap<string, MappingTemplate> =>
  new Map(Object.entries(templates).map(([contentType, template]) => [mediaType(contentType), compileTemplate(template)]));

/** The whole status code must match. */
const compilePattern = (pattern: string): ((status: string) => boolean) => {
  try {
    const whole = new RegExp(`^(?:${pattern})$`);
    return (status) => (isQuick(whole.source, status.length) ? whole.test(status) : bounded(() => whole.test(status)));
  } catch (cause) {
    throw new LocalError('INVALID_PROPERTY', `SelectionPattern ${pattern} is not a regular expression`, { cause });
  }
};

const compileHeader = (
  parameter: string,
  expression: string,
  declared: Readonly<Record<string, boolean>>,
): readonly [string, Mapping] => {
  const name = /^method\.response\.header\.([\w-]+)$/.exec(parameter)?.[1];
  if (name === undefined || !Object.hasOwn(declared, parameter)) {
    throw new LocalError(
      'INVALID_PROPERTY',
      `Invalid mapping expression parameter specified: ${parameter}. ResponseParameters of the method response must declare it`,
    );
  }
  return [name, compileMapping(expression, 'integration.response')];
};

const refusesPassthrough = ({ passthroughBehavior, requestTemplates }: IntegrationConfiguration): boolean =>
  passthroughBehavior === 'NEVER' ||
  (passthroughBehavior === 'WHEN_NO_TEMPLATES' && Object.keys(requestTemplates).length > 0);

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

/** The template that the client accepts by name, else the one for JSON, else the first. */
const chooseTemplate = (
  templates: ReadonlyMap<string, MappingTemplate>,
  accept: string | undefined,
): { contentType: string; template: MappingTemplate } | undefined => {
  for (const contentType of [mediaType(accept ?? ''), 'application/json', ...templates.keys()]) {
    const template = templates.get(contentType);
    if (template !== undefined) {
      return { contentType, template };
    }
  }
  return undefined;
};

const statusOverride = (context: Context): number | undefined => {
  const status = Number(context.responseOverride.status ?? Number.NaN);
  return Number.isInteger(status) && status >= 100 && status <= 599 ? status : undefined;
};

const configurationError = (reason: string): Failure =>
  failure('API_CONFIGURATION_ERROR', { reason: `Execution failed due to configuration error: ${reason}` });
