import type { IntegrationConfiguration } from './configuration.ts';
import { type Failure, failure } from './failure.ts';
import { headerValue, isBinary, mediaType } from './http.ts';
import { compileTemplate, type MappingTemplate, type TemplateInput } from './templates/vtl.ts';

/** Parts of a request that templates read. */
export type MappingInput = Omit<TemplateInput, 'body'> & {
  /** Of the API; none without them. */
  readonly binaryMediaTypes?: readonly string[];
};

/**
 * Makes the body of the integration request; a failure if there is no template for the content type and the body may not pass
 * through. Throws the error of a template that fails while it is rendered.
 */
export type IntegrationRequest = (input: MappingInput) => string | Failure;

/** Prepares the request templates of an integration. */
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

/** Mapping templates by media type. */
export const compileTemplates = (templates: Readonly<Record<string, string>>): ReadonlyMap<string, MappingTemplate> =>
  new Map(Object.entries(templates).map(([contentType, template]) => [mediaType(contentType), compileTemplate(template)]));

const rejectsPassthrough = ({ passthroughBehavior, requestTemplates }: IntegrationConfiguration): boolean =>
  passthroughBehavior === 'NEVER' ||
  (passthroughBehavior === 'WHEN_NO_TEMPLATES' && Object.keys(requestTemplates).length > 0);
