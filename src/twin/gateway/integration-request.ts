import type { IntegrationConfiguration } from './configuration.ts';
import { type Failure, failure } from './failure.ts';
import { headerValue, isBinary, mediaType } from './http.ts';
import { compileTemplate, type MappingTemplate, type TemplateInput } from './templates/vtl.ts';

/** Input of request templates. */
export type MappingInput = Omit<TemplateInput, 'body'> & {
  /** Binary media types of the API; none if absent. */
  readonly binaryMediaTypes?: readonly string[];
};

/**
 * Makes the body of the integration request. Returns a failure if no template matches the content type and the body must not pass
 * through. Throws the error of a template that fails during rendering.
 */
export type IntegrationRequest = (input: MappingInput) => string | Failure;

/** Compiles the request templates of an integration. */
export const compileIntegrationRequest = (integration: IntegrationConfiguration): IntegrationRequest => {
  const templates = compileTemplates(integration.requestTemplates);
  return (input) => {
    const contentType = mediaType(headerValue(input.request.headers, 'Content-Type') ?? 'application/json');
    const template = templates.get(contentType);
    if (template === undefined && rejectsPassthrough(integration)) return failure('UNSUPPORTED_MEDIA_TYPE');
    const isBase64 = integration.convertsToText === true && isBinary(contentType, input.binaryMediaTypes ?? []);
    const body = input.request.body?.toString(isBase64 ? 'base64' : 'utf8') ?? '';
    return template?.({ ...input, body }) ?? body;
  };
};

/** Compiles mapping templates, by media type. */
export const compileTemplates = (templates: Readonly<Record<string, string>>): ReadonlyMap<string, MappingTemplate> =>
  new Map(Object.entries(templates).map(([contentType, template]) => [mediaType(contentType), compileTemplate(template)]));

const rejectsPassthrough = ({ passthroughBehavior, requestTemplates }: IntegrationConfiguration): boolean =>
  passthroughBehavior === 'NEVER' ||
  (passthroughBehavior === 'WHEN_NO_TEMPLATES' && Object.keys(requestTemplates).length > 0);
