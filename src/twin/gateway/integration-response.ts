import { bounded, isQuick } from '../../cloudformation/bounded.ts';
import { LocalError } from '../../cloudformation/errors.ts';
import type { IntegrationConfiguration, MethodConfiguration } from './configuration.ts';
import type { Context } from './context.ts';
import { type Failure, failure } from './failure.ts';
import { mappedHeaderName } from './header-names.ts';
import { type Headers, type HttpResponse, headerValue, mediaType } from './http.ts';
import { compileTemplates, type MappingInput } from './integration-request.ts';
import { compileMapping, type Mapping } from './templates/mapping.ts';
import type { MappingTemplate } from './templates/vtl.ts';

/** Response of an integration's back end. */
export interface IntegrationOutput {
  /** Text that selection patterns match: a status code, or the error message of a function; empty without one. */
  readonly selection: string;
  readonly headers: Headers;
  readonly body: string;
}

/**
 * Makes the response to the client from the first integration response whose selection pattern matches, otherwise from the
 * default one; undefined if there is none. Throws the error of a template that fails during rendering.
 */
export type IntegrationResponder = (output: IntegrationOutput, input: MappingInput) => HttpResponse | Failure | undefined;

/** Compiles the integration responses of a method. */
export const compileIntegrationResponses = (
  method: MethodConfiguration,
  integration: IntegrationConfiguration,
): IntegrationResponder => {
  const responses = integration.integrationResponses.map((response) => {
    const declared = method.methodResponses.find(({ statusCode }) => statusCode === response.statusCode);
    // AWS checks mappings against the method response when it creates them. As recorded, it deploys an integration response
    // without mappings.
    if (declared === undefined && Object.keys(response.responseParameters).length > 0) {
      throw new LocalError(
        'INVALID_PROPERTY',
        `No method response exists for method: IntegrationResponses has ${response.statusCode}, add it to MethodResponses`,
      );
    }
    return {
      pattern: response.selectionPattern ? compilePattern(response.selectionPattern) : undefined,
      status: Number(response.statusCode),
      isDeclared: declared !== undefined,
      headers: Object.entries(response.responseParameters).map(([parameter, expression]) =>
        compileHeader(parameter, expression, declared?.responseParameters ?? {}),
      ),
      templates: compileTemplates(response.responseTemplates),
    };
  });

  return ({ selection, headers: integrationHeaders, body }, input) => {
    const response =
      responses.find(({ pattern }) => pattern?.(selection)) ?? responses.find(({ pattern }) => pattern === undefined);
    if (response === undefined) return undefined;
    if (!response.isDeclared)
      return configurationError(`Output mapping refers to an invalid method response: ${response.status}`);
    const chosen = chooseTemplate(response.templates, headerValue(input.request.headers, 'Accept'));
    const text = chosen?.template({ ...input, body }) ?? body;
    const headers = new Map<string, readonly [string, string]>();
    const setHeader = (name: string, value: string): void => {
      const sentName = mappedHeaderName(name);
      if (sentName !== undefined) headers.set(sentName.toLowerCase(), [sentName, value]);
    };
    setHeader('Content-Type', chosen?.contentType ?? 'application/json');
    const source = { ...input, integration: { headers: integrationHeaders, body } };
    for (const [name, mapping] of response.headers) {
      const value = mapping(source);
      if (value !== undefined) setHeader(name, value);
    }
    for (const [name, value] of Object.entries(input.context.responseOverride.header)) setHeader(name, String(value));
    return { status: statusOverride(input.context) ?? response.status, headers: [...headers.values()], body: text };
  };
};

/** Creates a configuration failure, with the text of AWS's execution log. */
export const configurationError = (reason: string): Failure =>
  failure('API_CONFIGURATION_ERROR', { reason: `Execution failed due to configuration error: ${reason}` });

/**
 * Returns the failure for an error that a template threw. Syntax and references were checked at deployment, so the error comes
 * from a call in the template, such as `$util.parseJson` of text that is not JSON.
 */
export const templateError = (error: unknown): Failure =>
  configurationError(error instanceof Error ? error.message : String(error));

/** Compiles a selection pattern, which must match the whole text. */
const compilePattern = (pattern: string): ((text: string) => boolean) => {
  try {
    const whole = new RegExp(`^(?:${pattern})$`);
    return (text) => (isQuick(whole.source, text.length) ? whole.test(text) : bounded(() => whole.test(text)));
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

/** Returns the template of the type in Accept, otherwise the one for JSON, otherwise the first. */
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
